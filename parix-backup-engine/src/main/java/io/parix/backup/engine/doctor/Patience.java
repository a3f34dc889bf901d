package io.parix.backup.engine.doctor;

import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** How long an examination may go on, and whether it is to stop. Safe for concurrent calls. */
final class Patience {
    private static final Duration LEAST = Duration.ofMillis(1);

    private final LongSupplier nanos;
    private final long begun;
    private final Duration within;
    private final BooleanSupplier stopped;

    Patience(LongSupplier nanos, Duration within, BooleanSupplier stopped) {
        this.nanos = nanos;
        this.begun = nanos.getAsLong();
        this.within = within;
        this.stopped = stopped;
    }

    /** Refuses to begin anything more once the time is up or the engine is closed. */
    void require() {
        if (stopped.getAsBoolean()) {
            throw new FailedException(ErrorCode.NOT_RUNNING, "The engine was closed before this was looked at.");
        }
        if (left().compareTo(LEAST) < 0) {
            throw new FailedException(
                    ErrorCode.DEADLINE_PASSED,
                    "The " + within + " of the examination were over before this was looked at. Give it more time.");
        }
    }

    /** The time for one call: never more than is left. */
    Duration of(Duration most) {
        Duration left = left();
        Duration least = left.compareTo(LEAST) < 0 ? LEAST : left;
        return least.compareTo(most) < 0 ? least : most;
    }

    boolean isOver() {
        return stopped.getAsBoolean() || left().compareTo(LEAST) < 0;
    }

    private Duration left() {
        return within.minusNanos(nanos.getAsLong() - begun);
    }
}
