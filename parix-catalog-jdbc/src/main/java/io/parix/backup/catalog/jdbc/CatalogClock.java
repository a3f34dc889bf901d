package io.parix.backup.catalog.jdbc;

import com.github.kagkarlsson.scheduler.Clock;
import io.parix.backup.spi.catalog.Catalog;
import java.time.Duration;
import java.time.Instant;

/**
 * The catalog's clock without a query per look: a sample, carried on by the time that this process measures. It is late by
 * the length of the sample's query and never early, so what is due by it is due for the catalog. Safe for concurrent calls.
 */
final class CatalogClock implements Clock {
    private final Catalog catalog;
    private volatile Sample sample;

    private record Sample(Instant told, long nanos) {}

    CatalogClock(Catalog catalog) {
        this.catalog = catalog;
        this.sample = take();
    }

    /** Asks the catalog again, so that the two clocks do not drift apart. */
    void sample() {
        sample = take();
    }

    private Sample take() {
        Instant told = catalog.now();
        return new Sample(told, System.nanoTime());
    }

    @Override
    public Instant now() {
        Sample last = sample;
        return last.told().plus(Duration.ofNanos(System.nanoTime() - last.nanos()));
    }
}
