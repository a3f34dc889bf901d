package io.parix.backup.engine.work;

import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.CatalogConflictException;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.JobWrite;
import io.parix.backup.spi.catalog.StepProgress;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/**
 * A worker's claim on a job (spec B7): the one way in which a step writes, shows progress and learns that it must stop.
 *
 * <p>Steps call {@link #progress} from any thread; all else is for the thread that runs the step.
 */
public final class Lease {
    private final Catalog catalog;
    private final EngineSettings settings;
    private final BooleanSupplier closing;
    private volatile JobRecord row;
    private volatile boolean lost;
    private Instant nextBeat;

    Lease(Catalog catalog, EngineSettings settings, BooleanSupplier closing, JobRecord claimed) {
        this.catalog = catalog;
        this.settings = settings;
        this.closing = closing;
        this.row = claimed;
        this.nextBeat = beatAfter(catalog.now());
    }

    /** {@return the row as last written} */
    public JobRecord row() {
        return row;
    }

    /** {@return the fencing token of this claim} */
    public long fence() {
        return row.claimed().orElseThrow().fence();
    }

    /** {@return the catalog's clock} */
    public Instant now() {
        return catalog.now();
    }

    /** {@return whether the step must stop: the lease is lost or the engine is closing} */
    public boolean stopped() {
        return lost || closing.getAsBoolean();
    }

    /**
     * Writes the next row.
     *
     * @param write the row, carrying the version and claim of {@link #row()}
     * @throws CatalogConflictException when somebody else has moved the job on
     */
    public void write(JobWrite write) {
        row = catalog.write(write);
    }

    /**
     * Shows progress and renews the lease, at most three times per lease.
     *
     * @param done bytes done
     * @param expected bytes expected
     */
    public synchronized void progress(long done, long expected) {
        Instant now = catalog.now();
        if (lost || now.isBefore(nextBeat)) {
            return;
        }
        nextBeat = beatAfter(now);
        try {
            catalog.heartbeat(row, settings.lease(), new StepProgress(done, expected, null));
        } catch (CatalogConflictException e) {
            lost = true;
        }
    }

    /**
     * Makes the context of a provider call.
     *
     * @param purpose what the call is for
     * @return deadline, cancellation and job
     */
    public CallContext call(CallContext.Purpose purpose) {
        return new CallContext(settings.callTimeout(), this::stopped, row.id(), purpose);
    }

    private Instant beatAfter(Instant now) {
        return now.plus(settings.lease().dividedBy(3));
    }
}
