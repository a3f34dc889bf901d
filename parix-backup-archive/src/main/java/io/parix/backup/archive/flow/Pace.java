package io.parix.backup.archive.flow;

import io.parix.backup.InvalidRequestException;
import java.util.function.LongSupplier;

/**
 * How many bytes per second all who share it may move: a token bucket that holds an eighth of a second. Knows no thread and
 * waits for nothing; it says how long to wait. Safe for concurrent calls.
 */
public final class Pace {
    private static final long SECOND = 1_000_000_000;
    private static final long HELD = SECOND / 8;

    private final double nanosPerByte;
    private final LongSupplier nanos;
    private long earned;

    /**
     * A pace.
     *
     * @param bytesPerSecond 1 or more
     * @param nanos a clock that only goes forward, in nanoseconds from any beginning
     */
    public Pace(long bytesPerSecond, LongSupplier nanos) {
        if (bytesPerSecond < 1) {
            throw InvalidRequestException.of("pace", bytesPerSecond + " bytes per second", "it must be 1 or more");
        }
        this.nanosPerByte = (double) SECOND / bytesPerSecond;
        this.nanos = nanos;
        this.earned = nanos.getAsLong() - HELD;
    }

    /**
     * Takes bytes, whether they are earned yet or not.
     *
     * @param bytes 0 or more
     * @return when they are earned, on the clock; now or earlier where there is nothing to wait for
     */
    public synchronized long take(long bytes) {
        earned = Math.max(earned, nanos.getAsLong() - HELD) + (long) Math.ceil(bytes * nanosPerByte);
        return earned;
    }

    /**
     * Tells how long it is until an instant that {@link #take} gave.
     *
     * @param at the instant
     * @return nanoseconds; 0 or less when it has come
     */
    public long until(long at) {
        return at - nanos.getAsLong();
    }
}
