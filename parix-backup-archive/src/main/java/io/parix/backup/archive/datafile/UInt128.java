package io.parix.backup.archive.datafile;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;

/**
 * An unsigned 128-bit number as data files hold it, little-endian: a checksum, a cluster id, a replica id.
 *
 * @param low the lower 64 bits
 * @param high the upper 64 bits
 */
public record UInt128(long low, long high) implements Comparable<UInt128> {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** The size in a file, in bytes. */
    public static final int SIZE = 16;

    /** Nothing: the value of a field that is not set. */
    public static final UInt128 ZERO = new UInt128(0, 0);

    /**
     * Reads a number.
     *
     * @param bytes what holds it
     * @param offset where it begins
     * @return the 16 bytes there
     */
    public static UInt128 read(byte[] bytes, int offset) {
        return new UInt128((long) LONG.get(bytes, offset), (long) LONG.get(bytes, offset + 8));
    }

    /**
     * Takes a number that fits.
     *
     * @param value 0 to 2^128 − 1
     * @return the same number
     */
    public static UInt128 of(BigInteger value) {
        if (value.signum() < 0 || value.bitLength() > 128) {
            throw new IllegalArgumentException("Not an unsigned number of 128 bits: " + value);
        }
        return new UInt128(value.longValue(), value.shiftRight(64).longValue());
    }

    /**
     * Writes the 16 bytes.
     *
     * @param bytes where to
     * @param offset where the number begins there
     */
    public void write(byte[] bytes, int offset) {
        LONG.set(bytes, offset, low);
        LONG.set(bytes, offset + 8, high);
    }

    /** {@return whether this is 0} */
    public boolean isZero() {
        return (low | high) == 0;
    }

    /** {@return the number in decimal, as cluster ids are written} */
    public String decimal() {
        BigInteger upper = new BigInteger(Long.toUnsignedString(high)).shiftLeft(64);
        return upper.add(new BigInteger(Long.toUnsignedString(low))).toString();
    }

    @Override
    public int compareTo(UInt128 other) {
        int upper = Long.compareUnsigned(high, other.high);
        return upper != 0 ? upper : Long.compareUnsigned(low, other.low);
    }

    /** {@return the number in hexadecimal, 32 digits, as {@code tigerbeetle inspect} prints checksums} */
    @Override
    public String toString() {
        return String.format("%016x%016x", high, low);
    }
}
