package io.parix.backup.testkit.datafile;

import static io.parix.backup.testkit.datafile.Words.mix;

/**
 * Ledger records of 128 bytes, which compress as real tables do.
 *
 * <p>Each has an id and a timestamp that grow, two accounts of a few thousand, a small amount, and so many bytes of noise
 * in its user data as the recipe says.
 */
final class Records {
    static final int SIZE = 128;

    private Records() {}

    static void fill(byte[] bytes, int offset, int count, long seed, int noise) {
        long id = mix(seed) >>> 24;
        long timestamp = 1_700_000_000_000_000_000L + (id << 8);
        for (int i = 0; i < count; i++) {
            int at = offset + i * SIZE;
            long dice = mix(seed + i * 3L);
            timestamp += 1000 + (dice & 0xfff);
            Words.u64(bytes, at, id + i);
            Words.u64(bytes, at + 16, 1_000_000 + (dice >>> 12 & 0xfff));
            Words.u64(bytes, at + 32, 1_000_000 + (dice >>> 24 & 0xfff));
            Words.u64(bytes, at + 48, dice >>> 36 & 0xffff);
            noise(bytes, at + 80, seed + i * 3L, noise);
            Words.u32(bytes, at + 112, 700);
            Words.u32(bytes, at + 116, 10);
            Words.u64(bytes, at + 120, timestamp);
        }
    }

    private static void noise(byte[] bytes, int at, long seed, int count) {
        if (count > 0) {
            long first = mix(seed + 1);
            Words.u64(bytes, at, count >= 8 ? first : first >>> (64 - 8 * count));
        }
        if (count > 8) {
            Words.u64(bytes, at + 8, mix(seed + 2) >>> (128 - 8 * count));
        }
    }
}
