package io.parix.backup.testkit.fault;

import java.util.Arrays;
import java.util.function.UnaryOperator;

/** Ways in which bytes go wrong: for {@link Effect#corrupt}, and for what a store in memory is told to damage. Immutable. */
public final class Damage {
    private Damage() {}

    /**
     * Flips one bit.
     *
     * @param position of the byte; negative ones count from the end, -1 is the last
     * @return the change
     */
    public static UnaryOperator<byte[]> flip(int position) {
        return bytes -> {
            bytes[position < 0 ? bytes.length + position : position] ^= 1;
            return bytes;
        };
    }

    /**
     * Cuts bytes off at the end.
     *
     * @param count how many
     * @return the change
     */
    public static UnaryOperator<byte[]> truncate(int count) {
        return bytes -> Arrays.copyOf(bytes, bytes.length - count);
    }

    /**
     * Adds zeros at the end.
     *
     * @param count how many
     * @return the change
     */
    public static UnaryOperator<byte[]> append(int count) {
        return bytes -> Arrays.copyOf(bytes, bytes.length + count);
    }
}
