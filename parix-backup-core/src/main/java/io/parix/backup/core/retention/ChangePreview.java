package io.parix.backup.core.retention;

import io.parix.backup.BackupId;
import io.parix.backup.ByteSize;
import io.parix.backup.DatabaseId;
import io.parix.backup.PendingRetention;
import io.parix.backup.RetentionDecision;
import io.parix.backup.RetentionDecision.Verdict;
import io.parix.backup.RetentionPreview;
import io.parix.backup.RetentionSetting;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The difference that a change of the setting makes, by {@link RetentionRules} (spec H9).
 *
 * @param before the setting as it is stored
 * @param after the setting that the change makes of it
 * @param now the catalog's clock
 */
public record ChangePreview(RetentionSetting before, RetentionSetting after, Instant now) {

    /** Counts what removing backups frees. */
    @FunctionalInterface
    public interface Freed {
        /**
         * Counts.
         *
         * @param gone the backups that go, at least one
         * @param staying those that stay; one that is in neither set, being removed already, keeps nothing from being freed
         * @return the bytes of what one that goes needs, and none that stays
         */
        ByteSize by(Set<BackupId> gone, Set<BackupId> staying);
    }

    /** {@return when the period that was asked for holds: now, or when the undo window is over} */
    public Instant effectiveAt() {
        return after.pendingChange().map(PendingRetention::effectiveAt).orElse(now);
    }

    /** {@return the instant from which on nothing of either setting is pending; both are compared as of it} */
    public Instant settledAt() {
        return Stream.of(before, after)
                .flatMap(setting -> setting.pendingChange().stream())
                .map(PendingRetention::effectiveAt)
                .reduce(now, (a, b) -> a.isAfter(b) ? a : b);
    }

    /**
     * Looks at one database.
     *
     * @param database which
     * @param facts what is known of it and its backups
     * @param freed counts the bytes
     * @return what the change does to its backups, or empty when it makes no difference
     */
    public Optional<RetentionPreview.Database> of(DatabaseId database, RetentionFacts facts, Freed freed) {
        RetentionPlan unchanged = RetentionRules.plan(facts, before, settledAt());
        RetentionPlan changed = RetentionRules.plan(facts, after, settledAt());
        List<RetentionDecision> removed = gained(changed, unchanged, Verdict.REMOVE);
        List<RetentionDecision> spared = gained(changed, unchanged, Verdict.KEEP);
        if (removed.isEmpty() && spared.isEmpty()) {
            return Optional.empty();
        }
        Set<BackupId> gone = new HashSet<>(ids(removed));
        return Optional.of(new RetentionPreview.Database(
                database, removed, spared, gone.isEmpty() ? ByteSize.ZERO : freed.by(gone, changed.staying())));
    }

    /**
     * Puts the answer together.
     *
     * @param databases what {@link #of} found, for the databases of the organization
     * @return the preview
     */
    public RetentionPreview with(List<RetentionPreview.Database> databases) {
        return new RetentionPreview(before, after, effectiveAt(), databases);
    }

    /** The decisions of {@code plan} with a verdict that their backups do not have in {@code other}. */
    private static List<RetentionDecision> gained(RetentionPlan plan, RetentionPlan other, Verdict verdict) {
        Set<BackupId> already = other.backups(verdict);
        return plan.decisions().stream()
                .filter(decision -> decision.verdict() == verdict)
                .filter(decision -> !already.contains(decision.backup()))
                .toList();
    }

    private static List<BackupId> ids(List<RetentionDecision> decisions) {
        return decisions.stream().map(RetentionDecision::backup).toList();
    }
}
