package io.parix.backup.testkit.simulation;

import io.parix.backup.testkit.engine.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that is wrong by an amount. */
final class Skew implements InstantSource {
    private final VirtualClock clock;
    private Duration by = Duration.ZERO;

    Skew(VirtualClock clock) {
        this.clock = clock;
    }

    void by(Duration amount) {
        by = amount;
    }

    @Override
    public Instant instant() {
        return clock.instant().plus(by);
    }
}
