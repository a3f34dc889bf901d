package io.parix.backup.engine.work;

import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.Failure;
import io.parix.backup.JobStatus;
import io.parix.backup.Report;
import io.parix.backup.core.job.AfterCrash;
import io.parix.backup.engine.event.EventPump;
import io.parix.backup.engine.row.CleanUpRow;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.host.StaleFenceException;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.CatalogConflictException;
import io.parix.backup.spi.catalog.Dispatcher;
import io.parix.backup.spi.catalog.DueQuery;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.Wake;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at jobs: claims what is due and runs its steps until it waits or ends. Safe for concurrent calls. */
public final class JobLoop {
    private static final Logger LOG = LoggerFactory.getLogger(JobLoop.class);
    private static final String CLOSING = "The engine is closing; another worker carries on.";
    private static final Duration HANDED_ON = Duration.ofMillis(1);

    private final Catalog catalog;
    private final EngineSettings settings;
    private final String worker;
    private final Set<String> regions;
    private final LongSupplier nanos;
    private final Map<JobKind, JobSteps> steps = new EnumMap<>(JobKind.class);
    private final RetryPolicy retries;
    private final Dispatcher dispatcher;
    private final EventPump events;
    private final Lane aside;
    private volatile boolean closing;

    /**
     * What a loop works with.
     *
     * @param catalog the truth
     * @param dispatcher who wakes
     * @param events where events leave
     * @param settings the limits
     * @param worker this process
     * @param aside lends threads to what runs beside the workers
     */
    public record Parts(
            Catalog catalog,
            Dispatcher dispatcher,
            EventPump events,
            EngineSettings settings,
            Worker worker,
            Executor aside) {}

    /**
     * This process.
     *
     * @param id unique per start
     * @param regions the regions that it serves; empty for all
     * @param nanos its own clock, which only goes forward: how long a catalog has been silent
     */
    public record Worker(String id, Set<String> regions, LongSupplier nanos) {
        /** Copies the set. */
        public Worker {
            regions = Set.copyOf(regions);
        }
    }

    /**
     * Looks at nothing yet.
     *
     * @param parts what to work with
     * @param steps the steps of each kind of job
     */
    public JobLoop(Parts parts, List<JobSteps> steps) {
        this.catalog = parts.catalog();
        this.settings = parts.settings();
        this.worker = parts.worker().id();
        this.regions = parts.worker().regions();
        this.nanos = parts.worker().nanos();
        this.dispatcher = parts.dispatcher();
        this.events = parts.events();
        this.retries = new RetryPolicy(parts.settings());
        steps.forEach(s -> this.steps.put(s.kind(), s));
        this.aside = new Lane(parts.aside(), settings.work().concurrentCleanUps(), this::lookNow);
    }

    /** Makes running steps stop at their next chunk boundary and lets no new one begin. */
    public void close() {
        closing = true;
    }

    /** Wakes whatever is due and nobody looks at, and hands out events: the reconciler. */
    public void tick() {
        due(true).forEach(row -> dispatcher.wake(Wake.of(row, catalog.now())));
        due(false).forEach(row -> aside.add(row.id()));
        steps.values().forEach(JobSteps::tidy);
        events.pump();
    }

    /**
     * Looks at a job.
     *
     * <p>A catalog that does not answer ends the look; the job is found again by {@link #tick} once its lease has lapsed.
     *
     * @param id its id; one that does not exist, is not due or is somebody else's is left alone
     */
    public void look(String id) {
        lookNow(id);
    }

    /** Asked for apart, so that many of the one sort do not hide the other. */
    private List<JobRecord> due(boolean urgent) {
        Set<JobKind> kinds = steps.values().stream()
                .filter(each -> each.urgent() == urgent)
                .map(JobSteps::kind)
                .collect(Collectors.toSet());
        if (kinds.isEmpty()) {
            return List.of();
        }
        int page = settings.pages().duePage();
        return catalog.due(
                urgent
                        ? new DueQuery(regions, kinds, page)
                        : new DueQuery(anywhere(), kinds, page)
                                .orLaterThan(settings.retention().cleanUpEvery()));
    }

    /** What is beside the workers may be of a database whose region nobody knows; then any worker does. */
    private Set<String> anywhere() {
        return regions.isEmpty()
                ? regions
                : Stream.concat(regions.stream(), Stream.of(CleanUpRow.NOWHERE)).collect(Collectors.toSet());
    }

    private void lookNow(String id) {
        try {
            claim(id).ifPresent(this::work);
        } catch (RuntimeException e) {
            LOG.warn("Looking at job {} was broken off; it is looked at again", id, e);
        }
    }

    private void work(Lease.Claimed claimed) {
        JobSteps mine = steps(claimed.row());
        Lease lease = new Lease(new Lease.Parts(catalog, settings, nanos, () -> closing), mine, claimed);
        runSteps(lease);
        if (mine.urgent()) {
            lease.row().due().ifPresent(at -> dispatcher.wake(Wake.of(claimed.row(), at)));
        }
        events.pump();
    }

    private Optional<Lease.Claimed> claim(String id) {
        if (closing) {
            return Optional.empty();
        }
        try {
            return catalog.find(id).filter(this::isDue).map(this::claim);
        } catch (CatalogConflictException e) {
            LOG.debug("Job {} is somebody else's", id);
            return Optional.empty();
        }
    }

    private Lease.Claimed claim(JobRecord row) {
        long asked = nanos.getAsLong();
        return new Lease.Claimed(catalog.claim(row, worker, settings.work().lease()), asked);
    }

    private boolean isDue(JobRecord row) {
        Instant now = catalog.now();
        return row.due()
                .filter(at -> !at.isAfter(now) || isTooFar(row, at, now))
                .isPresent();
    }

    /** No clean-up waits that long for its next look: a clock that was ahead put it off. */
    private boolean isTooFar(JobRecord row, Instant at, Instant now) {
        return !steps(row).urgent() && at.isAfter(now.plus(settings.retention().cleanUpEvery()));
    }

    private void runSteps(Lease lease) {
        try {
            while (lease.row().claimed().isPresent()) {
                lease.renew();
                runStep(lease);
            }
        } catch (CatalogConflictException | StaleFenceException e) {
            LOG.info("Job {} has passed to another worker: {}", lease.row().id(), e.getMessage());
            steps(lease.row()).overtaken(lease);
        }
    }

    private void runStep(Lease lease) {
        JobRecord before = lease.row();
        try {
            if (closing) {
                handOn(lease, CLOSING, before.strikes());
            } else {
                requireTime(lease);
                steps(before).run(lease);
            }
        } catch (CatalogConflictException | StaleFenceException e) {
            throw e;
        } catch (RuntimeException e) {
            failed(lease, e);
        } catch (OutOfMemoryError e) {
            // Nothing that this process writes now can be relied on: the job comes back with its lease, to another one
            // or later.
            throw e;
        } catch (Throwable e) {
            // What a host's or a provider's code throws, of whatever kind, must end the job, not keep it coming back
            // for ever.
            failed(lease, new FailedException(ErrorCode.INTERNAL, "A step failed with " + e, e));
        }
    }

    /**
     * A step that has waited, and whose time is over, is not begun again: it would be stopped at once, and its own last words
     * are better. One whose worker died is tried once, however late, for a crash alone undoes nothing.
     */
    private static void requireTime(Lease lease) {
        String waited = lease.row().progress().waiting();
        boolean queued = lease.row().status() == JobStatus.QUEUED;
        boolean waits = waited != null && !waited.equals(CLOSING);
        if (lease.overdue() && (queued || waits)) {
            throw new FailedException(
                    ErrorCode.DEADLINE_PASSED, waited != null ? waited : "No worker came to it in time.");
        }
    }

    private void failed(Lease lease, RuntimeException failure) {
        if (lease.stopped()) {
            handOn(lease, CLOSING, lease.row().strikes());
            return;
        }
        LOG.debug("Step {} of job {} failed", lease.row().step(), lease.row().id(), failure);
        Verdict verdict = lease.passed()
                .<Verdict>map(deadline -> deadlinePassed(deadline, failure))
                .orElseGet(() -> retries.decide(failure, tried(lease)));
        if (verdict instanceof Verdict.Again again) {
            later(lease, again.after(), again.reason(), again.strikes());
        } else if (verdict instanceof Verdict.GivenUp given) {
            giveUp(lease, given, failure);
        }
    }

    private RetryPolicy.Tried tried(Lease lease) {
        JobRecord row = lease.row();
        try {
            Phase phase = steps(row).phase(row);
            return new RetryPolicy.Tried(row.strikes(), phase.since(), lease.now(), phase.hold());
        } catch (FailedException e) {
            LOG.debug("Since when job {} is in its step cannot be told", row.id(), e);
            return new RetryPolicy.Tried(row.strikes(), row.requestedAt(), lease.now(), Phase.Hold.NOTHING);
        }
    }

    private AfterCrash afterCrash(Lease lease) {
        return steps(lease.row()).phase(lease.row()).step().afterCrash();
    }

    private void giveUp(Lease lease, Verdict.GivenUp given, RuntimeException cause) {
        LOG.warn("Job {} gave up step {}: {}", lease.row().id(), lease.row().step(), given.message(), cause);
        Failure failure = new Failure(given.code(), given.message(), given.report(), lease.now());
        boolean givenUp = false;
        try {
            givenUp = isOver(lease, failure);
        } catch (CatalogConflictException | StaleFenceException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.warn(
                    "Job {} could not give up step {}",
                    lease.row().id(),
                    lease.row().step(),
                    e);
        }
        if (!givenUp) {
            later(lease, nextTry(lease), given.message(), 0);
        }
    }

    /** What may become of the step is decided by the one table of {@code core.job}. */
    private boolean isOver(Lease lease, Failure failure) {
        JobSteps mine = steps(lease.row());
        return switch (afterCrash(lease)) {
            case CLAIM, REPEAT, CONTINUE -> {
                mine.fail(lease, failure);
                yield true;
            }
            case FORWARD_ONLY, UNDO -> mine.stuck(lease, failure);
            case SWEEP, NOTHING -> false;
        };
    }

    private Duration nextTry(Lease lease) {
        boolean sweeps = lease.row().status().ended();
        return sweeps ? settings.retry().sweepRetry() : settings.retry().commitRetry();
    }

    private static Verdict deadlinePassed(Deadline deadline, RuntimeException last) {
        String message = deadline.fact() + ". Last: " + last.getMessage();
        return new Verdict.GivenUp(ErrorCode.DEADLINE_PASSED, message, Report.empty());
    }

    private void handOn(Lease lease, String reason, int strikes) {
        later(lease, HANDED_ON, reason, strikes);
    }

    private static void later(Lease lease, Duration after, String reason, int strikes) {
        lease.letGo(after, reason, strikes);
    }

    private JobSteps steps(JobRecord row) {
        JobSteps found = steps.get(row.kind());
        if (found == null) {
            throw new IllegalStateException(
                    "No steps for jobs of kind " + row.kind().code());
        }
        return found;
    }
}
