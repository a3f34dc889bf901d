package io.parix.backup.engine.work;

import io.parix.backup.BackupException;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.Report;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * The one place where retries are decided. They are durable: the number of strikes is in the job's row.
 *
 * <p>Not jittered: each job backs off on its own clock, and the jobs of a process are few.
 */
final class RetryPolicy {
    /** Failures that may pass by themselves. */
    private static final Set<ErrorCode> PASSING = Set.of(
            ErrorCode.DATABASE_UNKNOWN, ErrorCode.IMAGE_UNREADABLE, ErrorCode.IMAGE_LOCKED, ErrorCode.CATALOG_CONFLICT);

    /** A lock can be lifted before its end, and an end that nobody lives to see is no instant to wait for. */
    private static final Duration LONGEST_LOCK = Duration.ofDays(1);

    /** A wait is this part of the time that the step has taken so far: what has lasted will last. */
    private static final int PATIENCE = 4;

    private final EngineSettings settings;

    /**
     * What a step has tried so far.
     *
     * @param strikes how often it has failed in a row, waits not counted
     * @param since when the job came to it
     * @param now the catalog's clock
     * @param hold what the host keeps meanwhile
     */
    record Tried(int strikes, Instant since, Instant now, Phase.Hold hold) {
        private Duration took() {
            return Duration.between(since, now);
        }
    }

    RetryPolicy(EngineSettings settings) {
        this.settings = settings;
    }

    Verdict decide(RuntimeException failure, Tried tried) {
        int strikes = tried.strikes();
        if (failure instanceof NoRoomException) {
            return new Verdict.Again(settings.retry().firstBackoff(), String.valueOf(failure.getMessage()), strikes);
        }
        if (failure instanceof ProviderException e) {
            return ofProvider(e, tried);
        }
        if (failure instanceof BackupException e && e.code() == ErrorCode.KEY_UNAVAILABLE) {
            return ofKeys(e, tried);
        }
        if (failure instanceof BackupException e && !PASSING.contains(e.code())) {
            return givenUp(failure);
        }
        return counted(failure, strikes);
    }

    /**
     * Keys come back when somebody lets them, and the step's deadline says how long that may take (spec C13); but images are not held for
     * so long.
     */
    private Verdict ofKeys(BackupException e, Tried tried) {
        return switch (tried.hold()) {
            case NOTHING -> new Verdict.Again(grown(tried), sentence(e), tried.strikes());
            case IMAGES -> counted(e, tried.strikes());
        };
    }

    private Verdict ofProvider(ProviderException e, Tried tried) {
        if (e.kind() == ErrorKind.CANCELLED) {
            return counted(e, tried.strikes());
        }
        return switch (e.kind().reaction()) {
            case FAIL, COMPARE -> givenUp(e);
            case RETRY -> counted(e, tried.strikes());
            case WAIT -> new Verdict.Again(longest(patience(e, tried), asked(e, tried)), sentence(e), tried.strikes());
        };
    }

    /**
     * A place that is full, or locks, is not otherwise a second later. Waiting counts no strike (spec A6), so what makes it patient is
     * the time that it took already: a place that says nothing would be asked once a second for days.
     */
    private Duration patience(ProviderException e, Tried tried) {
        boolean lasts = e.kind() == ErrorKind.QUOTA || e.kind() == ErrorKind.LOCKED;
        return lasts ? settings.retry().longestBackoff() : grown(tried);
    }

    private Duration grown(Tried tried) {
        Duration most = settings.retry().longestBackoff();
        Duration grown =
                longest(tried.took().dividedBy(PATIENCE), settings.retry().backoff(tried.strikes()));
        return grown.compareTo(most) > 0 ? most : grown;
    }

    /** What the place says itself: to wait so long, or until a lock ends (spec H10). */
    private static Duration asked(ProviderException e, Tried tried) {
        Duration lock = e.lockedUntil()
                .map(end -> Duration.between(tried.now(), end))
                .filter(wait -> wait.compareTo(LONGEST_LOCK) < 0)
                .orElse(e.lockedUntil().isPresent() ? LONGEST_LOCK : Duration.ZERO);
        return longest(e.retryAfter().orElse(Duration.ZERO), lock);
    }

    private Verdict counted(RuntimeException e, int strikes) {
        if (strikes >= settings.retry().retries()) {
            return givenUp(e);
        }
        return new Verdict.Again(settings.retry().backoff(strikes), sentence(e), strikes + 1);
    }

    private static Verdict givenUp(RuntimeException e) {
        ErrorCode code = e instanceof BackupException known ? known.code() : ErrorCode.INTERNAL;
        Report report = e instanceof FailedException failed ? failed.report() : Report.empty();
        return new Verdict.GivenUp(code, sentence(e), report);
    }

    private static String sentence(RuntimeException e) {
        String unexpected = e instanceof BackupException
                ? ""
                : "An unexpected " + e.getClass().getSimpleName() + ": ";
        return unexpected + e.getMessage();
    }

    private static Duration longest(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }
}
