package io.parix.backup.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.ByteSize;
import io.parix.backup.examples.parts.Refused;
import io.parix.backup.examples.quickstart.WorkDirectory.Fate;
import io.parix.backup.examples.quickstart.WorkDirectory.Wish;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkDirectoryTest {
    private static final Map<String, String> STORY = Map.of("cluster", "7", "directory", "/dätä: of=#me\n!\\");
    private static final Row ROW =
            new Row("back up", new ByteSize(3), new ByteSize(2), ByteSize.ZERO, Duration.ofMillis(7));

    @TempDir
    private Path parent;

    @Test
    @DisplayName("what was put down with a step is there for the next run, and nothing that was put down after it")
    void goesOn() throws IOException {
        try (WorkDirectory first = open("work")) {
            assertThat(first.continued()).isFalse();
            first.record().put("backup.first", "b=1 é\u0001");
            first.record().add(ROW);
            first.record().reach(2);
            first.record().put("backup.second", "lost");
            first.becomes(Fate.LEFT);
        }
        try (WorkDirectory next = open("work")) {
            assertThat(next.continued()).isTrue();
            assertThat(next.record().reached()).isEqualTo(2);
            assertThat(next.record().facts("backup.")).isEqualTo(Map.of("first", "b=1 é\u0001"));
            assertThat(next.record().rows()).containsExactly(ROW);
        }
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    @DisplayName("what is kept cannot be gone on with")
    void kept() throws IOException {
        try (WorkDirectory first = open("work")) {
            first.folder("store");
            first.becomes(Fate.KEPT);
        }
        assertThatThrownBy(() -> open("work")).isInstanceOf(Refused.class).hasMessageStartingWith("work-in-use: ");
        assertThat(parent.resolve("work")).isDirectoryContaining(path -> path.endsWith("store"));
        assertThat(parent.resolve("work/lock")).doesNotExist();
    }

    @Test
    @DisplayName("a directory that was there before the first run is there after the last one")
    void directoryOfSomebody() throws IOException {
        Path work = Files.createDirectory(parent.resolve("work"));
        try (WorkDirectory first = open("work")) {
            first.becomes(Fate.LEFT);
        }
        try (WorkDirectory next = open("work")) {
            next.becomes(Fate.DONE);
        }
        assertThat(work).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "format=1\n", "format=2\nreached=0\nbegun=2026-11-26T13:00:00Z\n", "\\u00", "\u0000\u0001"})
    @DisplayName("I4 a record that is not one is refused and left as it is")
    void strangeRecord(String text) throws IOException {
        Path record = Files.createDirectory(parent.resolve("work")).resolve("story.properties");
        Files.writeString(record, text);

        assertThatThrownBy(() -> open("work")).isInstanceOf(Refused.class).hasMessageStartingWith("work-in-use: ");
        assertThat(record).hasContent(text);
    }

    @Test
    @DisplayName("a directory whose name H2 cannot take is refused")
    void semicolon() {
        assertThatThrownBy(() -> open("a;b"))
                .isInstanceOf(Refused.class)
                .hasMessageStartingWith("work-unusable: ")
                .hasMessageContaining("';'");
        assertThat(parent.resolve("a;b")).doesNotExist();
    }

    private WorkDirectory open(String name) throws IOException {
        return WorkDirectory.open(new Wish(parent.resolve(name), STORY));
    }
}
