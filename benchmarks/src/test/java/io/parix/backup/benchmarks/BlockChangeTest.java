package io.parix.backup.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.archive.datafile.DataFileLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BlockChangeTest {
    private static final DataFileLayout TINY = DataFileLayout.TINY;
    private static final int USED = 200;

    @TempDir
    private Path folder;

    @Test
    void changesThatShareOfTheUsedBlocksAndNothingBeforeTheGrid() throws IOException {
        Path file = dataFile("a");
        byte[] before = Files.readAllBytes(file);
        assertThat(new BlockChange(TINY, 1, 7).apply(file)).isEqualTo(3);
        byte[] after = Files.readAllBytes(file);
        assertThat(after).hasSameSizeAs(before);
        assertThat(Arrays.mismatch(before, after)).isEqualTo((int) TINY.gridOffset() + DataFileLayout.HEADER_SIZE);
        int unused = (int) TINY.blockOffset(USED + 1);
        assertThat(Arrays.copyOfRange(after, unused, after.length)).containsOnly(0);
    }

    @Test
    void replicasChangeAlike() throws IOException {
        Path one = dataFile("a");
        Path other = dataFile("b");
        new BlockChange(TINY, 1, 7).apply(one);
        new BlockChange(TINY, 1, 7).apply(other);
        assertThat(Files.mismatch(one, other)).isEqualTo(-1);
        new BlockChange(TINY, 1, 8).apply(other);
        assertThat(Files.mismatch(one, other)).isPositive();
    }

    @Test
    void aRestoredFileThatDiffersIsFound() throws IOException {
        Path expected = Files.createDirectory(folder.resolve("expected"));
        Path actual = Files.createDirectory(folder.resolve("actual"));
        Files.writeString(expected.resolve("a"), "one");
        assertThatThrownBy(() -> Folders.requireEqual(expected, actual)).hasMessageContaining("not equal");
        Files.writeString(actual.resolve("a"), "onE");
        assertThatThrownBy(() -> Folders.requireEqual(expected, actual)).hasMessageContaining("not equal");
        Files.writeString(actual.resolve("a"), "one");
        Folders.requireEqual(expected, actual);
        assertThat(Folders.bytesIn(expected)).isEqualTo(3);
    }

    private Path dataFile(String name) throws IOException {
        byte[] bytes = new byte[(int) TINY.blockOffset(USED + 50)];
        for (int address = 1; address <= USED; address++) {
            Arrays.fill(bytes, (int) TINY.blockOffset(address), (int) TINY.blockOffset(address + 1), (byte) address);
        }
        return Files.write(folder.resolve(name), bytes);
    }
}
