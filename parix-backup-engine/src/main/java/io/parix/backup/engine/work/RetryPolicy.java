package io.parix.backup.engine.work;

import io.parix.backup.BackupException;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.Report;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import java.time.Duration;
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

    private final EngineSettings settings;

    RetryPolicy(EngineSettings settings) {
        this.settings = settings;
    }

    Verdict decide(RuntimeException failure, int strikes) {
        if (failure instanceof NoRoomException) {
            return new Verdict.Again(settings.retry().firstBackoff(), String.valueOf(failure.getMessage()), strikes);
        }
        if (failure instanceof ProviderException e) {
            return ofProvider(e, strikes);
        }
        if (failure instanceof BackupException e && !PASSING.contains(e.code())) {
            return givenUp(failure);
        }
        return counted(failure, strikes);
    }

    private Verdict ofProvider(ProviderException e, int strikes) {
        if (e.kind() == ErrorKind.CANCELLED) {
            return counted(e, strikes);
        }
        return switch (e.kind().reaction()) {
            case FAIL, COMPARE -> givenUp(e);
            case RETRY -> counted(e, strikes);
            case WAIT -> new Verdict.Again(atLeast(e, patience(e, strikes)), sentence(e), strikes);
        };
    }

    /** A place that is full is not empty a second later; waiting counts no strike, so it would be asked for hours. */
    private Duration patience(ProviderException e, int strikes) {
        return e.kind() == ErrorKind.QUOTA
                ? settings.retry().longestBackoff()
                : settings.retry().backoff(strikes);
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

    private static Duration atLeast(ProviderException e, Duration backoff) {
        Duration asked = e.retryAfter().orElse(Duration.ZERO);
        return asked.compareTo(backoff) > 0 ? asked : backoff;
    }
}
