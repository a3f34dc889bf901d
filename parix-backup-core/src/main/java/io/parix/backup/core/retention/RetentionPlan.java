package io.parix.backup.core.retention;

import io.parix.backup.BackupId;
import io.parix.backup.RetentionDecision;
import io.parix.backup.RetentionDecision.Verdict;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of every backup of a database, each with its reason (spec H12).
 *
 * @param decisions one for each backup, in the order of the facts
 * @param nextLook the earliest later instant at which the plan can change by time alone, or null when time changes nothing.
 *     Until then only news do: a hold, a verification, the end of a job, another setting, the database deleted
 */
public record RetentionPlan(
        List<RetentionDecision> decisions, @Nullable Instant nextLook) {
    /** Copies the list. */
    public RetentionPlan {
        decisions = List.copyOf(decisions);
    }

    /** {@return when to look again, where time alone can change the plan} */
    public Optional<Instant> looksAgain() {
        return Optional.ofNullable(nextLook);
    }

    /**
     * The backups of one verdict.
     *
     * @param verdict which
     * @return their ids, in the order of the facts
     */
    public Set<BackupId> backups(Verdict verdict) {
        return decisions.stream()
                .filter(decision -> decision.verdict() == verdict)
                .map(RetentionDecision::backup)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** {@return the backups of which nothing in storage may be removed, in the order of the facts} */
    public Set<BackupId> staying() {
        return decisions.stream()
                .filter(decision -> decision.verdict().stays())
                .map(RetentionDecision::backup)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
