package io.parix.backup.faults;

import io.parix.backup.spi.catalog.Catalog;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A catalog's clock, asked a few times a second: an export asks for each chunk, and those of these tests have 4 KiB, so that
 * the time would be all that they ask for. Safe for concurrent calls.
 */
final class LazyClock {
    private static final long STALE = Duration.ofMillis(25).toNanos();

    private final Catalog catalog;
    private final AtomicReference<@Nullable Told> last = new AtomicReference<>();

    LazyClock(Catalog catalog) {
        this.catalog = catalog;
    }

    private record Told(Instant instant, long nanos) {}

    Instant now() {
        Told told = last.get();
        if (told == null || System.nanoTime() - told.nanos() > STALE) {
            told = new Told(catalog.now(), System.nanoTime());
            last.set(told);
        }
        return told.instant();
    }
}
