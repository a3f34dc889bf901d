package io.parix.backup.engine.gauge;

import io.parix.backup.BackupException;
import io.parix.backup.GaugeReading;
import io.parix.backup.Gauges;
import io.parix.backup.engine.settings.GaugeLimits;
import io.parix.backup.spi.catalog.Catalog;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The service behind {@link Gauges}. */
public final class GaugeReader implements Gauges {
    private final Catalog catalog;
    private final GaugeLimits limits;
    private final LongSupplier nanos;
    /** Held while the catalog is asked: those who come meanwhile wait for that answer, which its query time-out bounds. */
    private final ReentrantLock asking = new ReentrantLock();

    private @Nullable Answer last;

    /**
     * A service over a catalog.
     *
     * @param catalog the catalog
     * @param limits how long an answer is given again, and who is late
     * @param nanos this process's clock, which only goes forward
     */
    public GaugeReader(Catalog catalog, GaugeLimits limits, LongSupplier nanos) {
        this.catalog = catalog;
        this.limits = limits;
        this.nanos = nanos;
    }

    /** One of the two, and when it was asked for: so that no reading is older than the limit says. */
    private record Answer(
            long askedNanos,
            @Nullable GaugeReading reading,
            @Nullable BackupException failure) {}

    @Override
    public GaugeReading read() {
        asking.lock();
        try {
            Answer answer = last;
            if (answer == null
                    || nanos.getAsLong() - answer.askedNanos() >= limits.reuse().toNanos()) {
                answer = ask();
                last = answer;
            }
            if (answer.failure() != null) {
                throw answer.failure();
            }
            return Objects.requireNonNull(answer.reading());
        } finally {
            asking.unlock();
        }
    }

    /** A failure is remembered as well: a catalog in trouble needs no gauges that ask it again and again. */
    private Answer ask() {
        long asked = nanos.getAsLong();
        try {
            return new Answer(asked, catalog.gauges(limits.lateAfter()), null);
        } catch (BackupException e) {
            return new Answer(asked, null, e);
        }
    }
}
