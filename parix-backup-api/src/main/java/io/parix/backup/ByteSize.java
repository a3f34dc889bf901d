package io.parix.backup;

import java.util.Locale;

/**
 * An amount of bytes.
 *
 * @param bytes zero or more
 */
public record ByteSize(long bytes) implements Comparable<ByteSize> {
    /** From here on one decimal place would show 1024.0 of a unit. */
    private static final double NEXT_UNIT = 1023.95;

    private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    /** Nothing. */
    public static final ByteSize ZERO = new ByteSize(0);

    /** Refuses negative amounts. */
    public ByteSize {
        if (bytes < 0) {
            throw InvalidRequestException.of("size", bytes + " bytes", "it is negative");
        }
    }

    /**
     * So many binary megabytes.
     *
     * @param amount zero or more
     * @return {@code amount} times 1,048,576 bytes
     */
    public static ByteSize mebibytes(long amount) {
        return new ByteSize(Math.multiplyExact(amount, 1L << 20));
    }

    /**
     * So many binary gigabytes.
     *
     * @param amount zero or more
     * @return {@code amount} times 1,073,741,824 bytes
     */
    public static ByteSize gibibytes(long amount) {
        return new ByteSize(Math.multiplyExact(amount, 1L << 30));
    }

    /** {@return the amount in words, for example {@code 1.3 GiB}; under 1 KiB exact} */
    public String words() {
        if (bytes < 1024) {
            return bytes + " B";
        }
        double value = bytes;
        int unit = -1;
        while ((value >= NEXT_UNIT || unit < 0) && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }

    @Override
    public int compareTo(ByteSize other) {
        return Long.compare(bytes, other.bytes);
    }

    @Override
    public String toString() {
        return words();
    }
}
