package io.parix.backup.core.wrong;

import java.time.Instant;
import java.util.function.Supplier;

/** Wrong: core is told what time it is. */
public final class ReadsTheClock {
    public Instant direct() {
        return Instant.now();
    }

    public Supplier<Instant> byReference() {
        return Instant::now;
    }

    public long old() {
        return System.currentTimeMillis();
    }

    public long ticks() {
        return System.nanoTime();
    }
}
