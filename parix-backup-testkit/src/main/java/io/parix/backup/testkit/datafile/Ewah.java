package io.parix.backup.testkit.datafile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.NavigableSet;

/** Encodes sets of addresses as free sets are: runs of 64-bit words that are all zeros or all ones, then literal words. */
final class Ewah {
    private final ByteBuffer out;
    private final NavigableSet<Long> addresses;
    private long word;

    private Ewah(NavigableSet<Long> addresses) {
        this.addresses = addresses;
        out = ByteBuffer.allocate(Math.max(1, addresses.size()) * 24).order(ByteOrder.LITTLE_ENDIAN);
    }

    static byte[] encode(NavigableSet<Long> addresses) {
        Ewah ewah = new Ewah(addresses);
        long words = addresses.isEmpty() ? 0 : (addresses.last() - 1) / 64 + 1;
        while (ewah.word < words) {
            ewah.group(words);
        }
        byte[] bytes = new byte[ewah.out.position()];
        ewah.out.flip().get(bytes);
        return bytes;
    }

    /** One marker with the uniform run and the literal words that follow it. */
    private void group(long words) {
        int marker = out.position();
        out.putLong(0);
        boolean ones = at(word) == -1L;
        long start = word;
        while (word < words && at(word) == (ones ? -1L : 0L)) {
            word = ones ? word + 1 : Math.min(words, nextUsed());
        }
        long uniform = word - start;
        int literals = 0;
        while (word < words && at(word) != 0 && at(word) != -1L) {
            out.putLong(at(word));
            literals++;
            word++;
        }
        out.putLong(marker, (ones ? 1L : 0L) | uniform << 1 | (long) literals << 32);
    }

    /** The next word after this zero one that has a bit. */
    private long nextUsed() {
        Long next = addresses.ceiling((word + 1) * 64 + 1);
        return next == null ? Long.MAX_VALUE : (next - 1) / 64;
    }

    private long at(long index) {
        long bits = 0;
        for (long address : addresses.subSet(index * 64 + 1, (index + 1) * 64 + 1)) {
            bits |= 1L << (address - 1) % 64;
        }
        return bits;
    }
}
