package io.parix.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long an organization's backups are kept, existing ones and new ones alike (spec H1, D5).
 *
 * <p>A shortening waits for its undo window before it holds, a lengthening holds at once (spec H9); so a pending change
 * is always one to a shorter period. Immutable: every move here is a computation, nothing is stored by it.
 *
 * @param period what holds until the pending change takes effect
 * @param source where it comes from
 * @param pending the change that waits, to a shorter period; null where none does. One whose time has come holds, whether
 *     or not anybody has recorded so: see {@link #inForceAt}
 */
public record RetentionSetting(
        RetentionPeriod period,
        RetentionSource source,
        @Nullable PendingRetention pending) {
    /** Where nobody ever decided: 7 days. */
    public static final RetentionSetting DEFAULT =
            new RetentionSetting(RetentionPeriod.DEFAULT, RetentionSource.DEFAULT, null);

    /** Refuses another default than the default, and a pending change that shortens nothing. */
    public RetentionSetting {
        source.require(period);
        if (pending != null && !pending.period().shorterThan(period)) {
            throw InvalidRequestException.of(
                    "retention change",
                    "from " + period.code() + " to " + pending.period().code(),
                    "only a shorter period waits");
        }
    }

    /** {@return the change that waits, where one does} */
    public Optional<PendingRetention> pendingChange() {
        return Optional.ofNullable(pending);
    }

    /**
     * The setting as it holds at an instant.
     *
     * @param now the catalog's clock
     * @return this, or what the pending change makes of it from its {@link PendingRetention#effectiveAt} on
     */
    public RetentionSetting inForceAt(Instant now) {
        if (pending == null || now.isBefore(pending.effectiveAt())) {
            return this;
        }
        return new RetentionSetting(pending.period(), pending.source(), null);
    }

    /**
     * Another period. One that is shorter than what is in force waits for the undo window, which starts anew when another
     * change was pending. One that is longer, or the same, holds at once, and nothing is pending any more.
     *
     * @param to the period wanted
     * @param by who asks
     * @param now the catalog's clock
     * @param undoWindow how long a shortening can be undone; zero lets it hold at once
     * @return the setting from now on
     * @throws InvalidRequestException when the window is negative
     */
    public RetentionSetting change(RetentionPeriod to, Actor by, Instant now, Duration undoWindow) {
        return towards(PendingRetention.after(undoWindow, to, RetentionSource.ORGANIZATION, by, now));
    }

    /**
     * Back to the default, by the rules of {@link #change}.
     *
     * @param by who asks
     * @param now the catalog's clock
     * @param undoWindow how long a shortening can be undone; zero lets it hold at once
     * @return the setting from now on
     * @throws InvalidRequestException when the window is negative
     */
    public RetentionSetting useDefault(Actor by, Instant now, Duration undoWindow) {
        return towards(PendingRetention.after(undoWindow, RetentionPeriod.DEFAULT, RetentionSource.DEFAULT, by, now));
    }

    /**
     * Without the pending change.
     *
     * @param now the catalog's clock
     * @return what is in force, with nothing pending
     * @throws FailedException with {@link ErrorCode#NOTHING_TO_UNDO} when nothing is pending, or what was is in force
     */
    public RetentionSetting undo(Instant now) {
        if (pending == null) {
            throw nothingToUndo("no change is pending");
        }
        if (!now.isBefore(pending.effectiveAt())) {
            throw nothingToUndo("it is in force since " + pending.effectiveAt());
        }
        return new RetentionSetting(period, source, null);
    }

    private RetentionSetting towards(PendingRetention wanted) {
        RetentionSetting current = inForceAt(wanted.requestedAt());
        if (wanted.period().shorterThan(current.period)) {
            return new RetentionSetting(current.period, current.source, wanted).inForceAt(wanted.requestedAt());
        }
        return new RetentionSetting(wanted.period(), wanted.source(), null);
    }

    private static FailedException nothingToUndo(String fact) {
        return new FailedException(
                ErrorCode.NOTHING_TO_UNDO,
                "Cannot undo the change of retention: " + fact + ". Ask for the period that you want instead.");
    }
}
