package io.parix.backup.archive.datafile;

import static io.parix.backup.archive.datafile.Bytes.u64;

/**
 * The addresses of an encoded free set, as ascending runs; nothing is unpacked.
 *
 * <p>The encoding is EWAH over 64-bit words ({@code src/ewah.zig}): a marker with the value and number of uniform words
 * and the number of literal words that follow it. Bit i stands for address i + 1.
 */
final class BlockRuns {
    /** Takes one run. */
    interface Consumer {
        void run(long first, long count);
    }

    private final byte[] encoded;
    private final Consumer consumer;
    private long first;
    private long end;

    private BlockRuns(byte[] encoded, Consumer consumer) {
        this.encoded = encoded;
        this.consumer = consumer;
    }

    /** Gives each run to the consumer; false when the encoding is broken, after the runs before that place. */
    static boolean each(byte[] encoded, Consumer consumer) {
        return new BlockRuns(encoded, consumer).walk();
    }

    private boolean walk() {
        int at = 0;
        long word = 0;
        while (at < encoded.length) {
            if (encoded.length - at < Long.BYTES) {
                return false;
            }
            long marker = u64(encoded, at);
            at += Long.BYTES;
            long uniform = marker >>> 1 & 0x7fffffffL;
            long literals = marker >>> 32;
            if (literals > (encoded.length - at) / Long.BYTES) {
                return false;
            }
            if ((marker & 1) != 0) {
                add(word * 64 + 1, uniform * 64);
            }
            word += uniform;
            for (long i = 0; i < literals; i++) {
                literal(word++, u64(encoded, at));
                at += Long.BYTES;
            }
        }
        flush();
        return true;
    }

    private void literal(long word, long bits) {
        long rest = bits;
        while (rest != 0) {
            int from = Long.numberOfTrailingZeros(rest);
            int count = Long.numberOfTrailingZeros(~(rest >>> from));
            add(word * 64 + 1 + from, count);
            rest = from + count >= 64 ? 0 : rest >>> (from + count) << (from + count);
        }
    }

    private void add(long start, long count) {
        if (start != end) {
            flush();
            first = start;
        }
        end = start + count;
    }

    private void flush() {
        if (end > first) {
            consumer.run(first, end - first);
        }
    }
}
