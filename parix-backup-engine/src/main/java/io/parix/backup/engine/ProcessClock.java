package io.parix.backup.engine;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The time of this process, beside the catalog's clock that all processes go by. Durations are measured on {@link #nanos}; {@link #instant} is
 * a second witness: where the catalog's clock is too far from it, nothing is removed (spec H3). Safe for concurrent calls.
 */
public interface ProcessClock extends InstantSource {
    /** {@return nanoseconds from any beginning, which only go forward, whatever becomes of the time of day} */
    long nanos();

    /**
     * Puts a clock together.
     *
     * @param time the time of day
     * @param nanos nanoseconds from any beginning, which only go forward
     * @return both
     */
    static ProcessClock of(InstantSource time, LongSupplier nanos) {
        return new ProcessClock() {
            @Override
            public Instant instant() {
                return time.instant();
            }

            @Override
            public long nanos() {
                return nanos.getAsLong();
            }
        };
    }
}
