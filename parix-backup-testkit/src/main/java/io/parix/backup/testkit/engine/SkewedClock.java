package io.parix.backup.testkit.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that is wrong by an amount, which can be set while it runs; right until then. Safe for concurrent calls. */
public final class SkewedClock implements InstantSource {
    private final InstantSource right;
    private volatile Duration by = Duration.ZERO;

    /**
     * A clock beside the right one.
     *
     * @param right the right one
     */
    public SkewedClock(InstantSource right) {
        this.right = right;
    }

    /**
     * Sets it.
     *
     * @param amount how far it is ahead of the right one; behind where negative
     */
    public void by(Duration amount) {
        by = amount;
    }

    @Override
    public Instant instant() {
        return right.instant().plus(by);
    }
}
