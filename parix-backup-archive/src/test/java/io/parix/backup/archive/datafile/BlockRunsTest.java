package io.parix.backup.archive.datafile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("C10 encoded free sets")
class BlockRunsTest {
    private record Run(long first, long count) {}

    @Test
    @DisplayName("C10 the free set of a real file with 86 blocks in use")
    void readsARealOne() {
        assertThat(runs(words(0x0000000100000003L, 0x3fffffL))).containsExactly(new Run(1, 86));
    }

    @Test
    void readsHolesAndRunsAcrossWords() {
        // One literal word with bits 0, 2, 3 and 63, then a word of ones, then a gap of two words, then one bit.
        long[] set = {1L << 32, 1L << 63 | 0b1101, 1 | 1 << 1, 2 << 1 | 1L << 32, 0b10};
        assertThat(runs(words(set)))
                .containsExactly(new Run(1, 1), new Run(3, 2), new Run(64, 65), new Run(4 * 64 + 2, 1));
    }

    @Test
    void readsNothingFromNothing() {
        assertThat(runs(new byte[0])).isEmpty();
        assertThat(runs(words(0))).isEmpty();
    }

    @Test
    void refusesWhatEndsTooEarly() {
        assertThat(BlockRuns.each(new byte[7], (first, count) -> {})).isFalse();
        assertThat(BlockRuns.each(words(1L << 32), (first, count) -> {})).isFalse();
        assertThat(BlockRuns.each(words(0xffffffffL << 32, 1, 2), (first, count) -> {}))
                .isFalse();
    }

    @Test
    @DisplayName("C10 any bytes give ascending runs that do not touch, or are refused")
    void givesAscendingRunsForAnyBytes() {
        Random random = new Random(11);
        for (int i = 0; i < 5000; i++) {
            byte[] bytes = new byte[8 * random.nextInt(12)];
            random.nextBytes(bytes);
            for (int word = 0; word < bytes.length; word += 8) {
                // Small literal counts, so that many are well formed.
                bytes[word + 4] &= 3;
                bytes[word + 5] = bytes[word + 6] = bytes[word + 7] = 0;
            }
            long[] end = {0};
            BlockRuns.each(bytes, (first, count) -> {
                assertThat(first).isGreaterThan(end[0]);
                assertThat(count).isPositive();
                end[0] = first + count;
            });
        }
    }

    private static List<Run> runs(byte[] encoded) {
        List<Run> runs = new ArrayList<>();
        assertThat(BlockRuns.each(encoded, (first, count) -> runs.add(new Run(first, count))))
                .isTrue();
        return runs;
    }

    private static byte[] words(long... words) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * words.length).order(ByteOrder.LITTLE_ENDIAN);
        for (long word : words) {
            bytes.putLong(word);
        }
        return bytes.array();
    }
}
