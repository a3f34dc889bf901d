package io.parix.backup.engine.work;

import io.parix.backup.FailedException;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.CatalogConflictException;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.JobWrite;
import io.parix.backup.spi.catalog.StepProgress;
import io.parix.backup.spi.catalog.WriteCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker's claim on a job (spec B7): the one way in which a step writes, shows progress and learns that it must stop.
 *
 * <p>Steps call {@link #progress} from any thread; all else is for the thread that runs the step.
 */
public final class Lease {
    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

    private static final Duration JUST_PAST = Duration.ofMillis(1);
    private static final Duration SHOWN_EVERY = Duration.ofSeconds(1);

    private static final int LONGER = 4;

    /** How long the catalog's time, once told, is good enough: a step asks for each chunk, and each answer is a query. */
    private static final long TOLD_NANOS = Duration.ofMillis(50).toNanos();

    private final Catalog catalog;
    private final EngineSettings settings;
    private final LongSupplier nanos;
    private final BooleanSupplier closing;
    private final JobSteps steps;
    private final Set<String> entered = new HashSet<>();
    private volatile JobRecord row;
    private volatile Optional<Deadline> deadline;
    private volatile boolean lost;
    private volatile boolean late;
    private volatile StepProgress shown;
    private volatile long renewedNanos;
    private final AtomicLong toldNanos;
    private Instant nextBeat;

    /** What leases are made of. */
    record Parts(Catalog catalog, EngineSettings settings, LongSupplier nanos, BooleanSupplier closing) {}

    /**
     * A row as it was claimed.
     *
     * @param row the row with the claim
     * @param askedNanos this machine's instant before the claim was asked for: an answer that takes long makes no lease longer
     */
    record Claimed(JobRecord row, long askedNanos) {
        /** When the lease began, by the catalog's clock. */
        Instant since(Duration lease) {
            return row.claimed().orElseThrow().until().minus(lease);
        }
    }

    Lease(Parts parts, JobSteps steps, Claimed claimed) {
        this.catalog = parts.catalog();
        this.settings = parts.settings();
        this.nanos = parts.nanos();
        this.renewedNanos = claimed.askedNanos();
        this.toldNanos = new AtomicLong(claimed.askedNanos() - TOLD_NANOS);
        this.closing = parts.closing();
        this.steps = steps;
        this.row = claimed.row();
        this.shown = row.progress();
        this.nextBeat = beatAfter(claimed.since(settings.work().lease()));
        this.deadline = deadlineOf(row);
    }

    /** {@return the row as last written} */
    public JobRecord row() {
        return row;
    }

    /** {@return the fencing token of this claim} */
    public long fence() {
        return row.claimed().orElseThrow().fence();
    }

    /** {@return what must hold for a write to another row than this job's: that the job is this worker's still (spec B7)} */
    public WriteCondition stands() {
        return new WriteCondition.ClaimStands(row.id(), fence());
    }

    /** {@return the catalog's clock} */
    public Instant now() {
        return catalog.now();
    }

    /**
     * Tells when a job ends: a catalog's clock that is set back while it runs does not hold it up until that has caught up (spec B4).
     *
     * @param began when the job began
     * @return the catalog's clock, or the beginning where the clock is before it
     */
    public Instant nowSince(Instant began) {
        Instant now = now();
        return now.isBefore(began) ? began : now;
    }

    /** {@return whether the step must stop: the lease is lost or the engine is closing} */
    public boolean stopped() {
        return lost || lapsed() || closing.getAsBoolean();
    }

    /** No word from the catalog for so long that another worker may have the job; told by this machine's own patience. */
    private boolean lapsed() {
        return nanos.getAsLong() - renewedNanos > settings.work().lease().toNanos();
    }

    /**
     * Writes the next row.
     *
     * @param write the row, carrying the version and claim of {@link #row()}
     * @throws CatalogConflictException when somebody else has moved the job on
     */
    public void write(JobWrite write) {
        String before = row.step();
        row = catalog.write(write);
        if (!row.step().equals(before)) {
            entered.add(row.step());
        }
        deadline = deadlineOf(row);
        late = false;
    }

    /**
     * Tells whether this very claim moved the job into a step: then nobody else can have done anything in it, for a claim that was
     * let go of does not come back.
     *
     * @param step the step's code
     * @return whether a write of this lease led there
     */
    public boolean entered(String step) {
        return entered.contains(step);
    }

    /**
     * Lets the job wait, and go of this claim: a catalog that is slower than the wait leaves the claim, so it waits longer.
     *
     * @param wait at least so long; more than zero
     * @param reason what it waits for
     * @param strikes how often its step has failed in a row
     * @throws CatalogConflictException when somebody else has moved the job on
     */
    public void letGo(Duration wait, String reason, int strikes) {
        Duration next = wait;
        do {
            write(JobWrite.of(row.waiting(lookAgainAfter(next), reason, strikes)));
            next = next.multipliedBy(LONGER);
        } while (row.claimed().isPresent());
    }

    /** A step that this release does not know has no deadline: running it says what is wrong with it. */
    private Optional<Deadline> deadlineOf(JobRecord of) {
        try {
            return Deadline.of(of, steps.phase(of), settings.work().jobDeadline());
        } catch (FailedException e) {
            LOG.debug("The deadline of job {} cannot be told", of.id(), e);
            return Optional.empty();
        }
    }

    /**
     * Renews the lease where a third of it has passed, between steps that each move no bytes.
     *
     * @throws CatalogConflictException when somebody else has the job
     */
    void renew() {
        shown = row.progress();
        beat();
        if (lost) {
            throw new CatalogConflictException(row.id(), row.version(), null);
        }
    }

    /**
     * Tells whether a job, or the phase that it is in, has had all the time it may take. A step that can only go on always
     * has time.
     *
     * @return whether a deadline has passed
     */
    public boolean overdue() {
        return passed().isPresent();
    }

    /**
     * When to look again: a wait ends with the deadline, so that the step does, too (spec A6).
     *
     * @param wait how long it would be waited
     * @return the earlier of the two; the end of the wait where the deadline has passed
     */
    public Instant lookAgainAfter(Duration wait) {
        Instant now = catalog.now();
        Instant after = now.plus(wait);
        return deadline.map(d -> d.at().plus(JUST_PAST))
                .filter(end -> end.isAfter(now) && end.isBefore(after))
                .orElse(after);
    }

    /** {@return the deadline that has passed, where one has} */
    Optional<Deadline> passed() {
        return deadline.filter(d -> d.hasPassed(catalog.now()));
    }

    /**
     * Shows progress and renews the lease, at most once a second.
     *
     * @param done bytes done
     * @param expected bytes expected
     */
    public void progress(long done, long expected) {
        shown = new StepProgress(done, expected, null);
        beatAtTimes();
    }

    private void beatAtTimes() {
        long told = toldNanos.get();
        long now = nanos.getAsLong();
        if (now - told >= TOLD_NANOS && toldNanos.compareAndSet(told, now)) {
            beat();
        }
    }

    private synchronized void beat() {
        try {
            Instant now = catalog.now();
            late = deadline.filter(d -> d.hasPassed(now)).isPresent();
            if (lost || now.isBefore(nextBeat)) {
                return;
            }
            nextBeat = beatAfter(now);
            long asked = nanos.getAsLong();
            catalog.heartbeat(row, settings.work().lease(), shown);
            renewedNanos = asked;
        } catch (CatalogConflictException e) {
            lost = true;
        } catch (RuntimeException e) {
            // The lease lives on for a while; a catalog that stays silent for all of it ends it, see lapsed().
            LOG.warn("The lease on job {} could not be renewed; it is tried again", row.id(), e);
        }
    }

    /** Whoever asks whether to go on shows by asking that the step is alive, also where no bytes are counted. */
    private boolean stoppedAfterBeat() {
        beatAtTimes();
        return late || stopped();
    }

    /**
     * Makes the context of a provider call.
     *
     * @param purpose what the call is for
     * @return deadline, cancellation and job
     */
    public CallContext call(CallContext.Purpose purpose) {
        return new CallContext(settings.work().callTimeout(), this::stoppedAfterBeat, row.id(), purpose);
    }

    /**
     * Makes the context of a provider call that cleans up after the claim was lost.
     *
     * @return deadline, cancellation by closing only, and job
     */
    public CallContext callAfterLoss() {
        return new CallContext(settings.work().callTimeout(), closing, row.id(), CallContext.Purpose.SWEEP);
    }

    /** Often enough that a person sees it move, and at least three times per lease. */
    private Instant beatAfter(Instant now) {
        Duration third = settings.work().lease().dividedBy(3);
        return now.plus(third.compareTo(SHOWN_EVERY) < 0 ? third : SHOWN_EVERY);
    }
}
