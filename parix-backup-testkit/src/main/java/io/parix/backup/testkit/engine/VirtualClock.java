package io.parix.backup.testkit.engine;

import io.parix.backup.engine.ProcessClock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A clock that stands still until it is moved. Safe for concurrent calls. */
public final class VirtualClock implements ProcessClock {
    private Instant now;

    /**
     * A clock that stands.
     *
     * @param now where
     */
    public VirtualClock(Instant now) {
        this.now = now;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public synchronized long nanos() {
        return ChronoUnit.NANOS.between(Instant.EPOCH, now);
    }

    /**
     * Moves on.
     *
     * @param by how far
     * @throws IllegalArgumentException where it is negative
     */
    public synchronized void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException(
                    "A virtual clock does not go back, by " + by + ": wrong clocks are SkewedClock.");
        }
        now = now.plus(by);
    }

    /**
     * Moves on to an instant; one that has passed changes nothing.
     *
     * @param to where
     */
    public synchronized void advanceTo(Instant to) {
        now = to.isAfter(now) ? to : now;
    }
}
