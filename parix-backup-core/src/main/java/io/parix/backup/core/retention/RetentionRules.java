package io.parix.backup.core.retention;

import io.parix.backup.BackupId;
import io.parix.backup.Ownership;
import io.parix.backup.PendingRetention;
import io.parix.backup.RetentionDecision;
import io.parix.backup.RetentionDecision.Verdict;
import io.parix.backup.RetentionSetting;
import io.parix.backup.core.eligibility.Retained;
import io.parix.backup.core.retention.RetentionCandidate.Stage;
import io.parix.backup.core.retention.RetentionFacts.Floor;
import io.parix.backup.host.DatabaseFacts.Deleted;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells of every backup of a database whether it stays, and why (spec H). Clean-up and previews ask the same rules. */
public final class RetentionRules {
    /** The newest last; of two that completed at one instant, the one that covers more, and then the one of the greater id. */
    private static final Comparator<RetentionCandidate> NEWEST = Comparator.comparing(RetentionRules::ended)
            .thenComparing(RetentionRules::covers)
            .thenComparing(candidate -> candidate.backup().value());

    private RetentionRules() {}

    /**
     * Looks at every backup. A fact that is missing keeps backups: a database that is unknown counts as one that exists.
     *
     * @param facts what is known of the database and its backups
     * @param setting the organization's setting; a pending change holds from its effective instant on (spec H9)
     * @param now the catalog's clock
     * @return one decision for each backup, in the order of the facts, and when to look again
     */
    public static RetentionPlan plan(RetentionFacts facts, RetentionSetting setting, Instant now) {
        RetentionSetting inForce = setting.inForceAt(now);
        Decisions rules = new Decisions(inForce, now, lastRestorable(facts));
        List<RetentionDecision> decisions =
                facts.backups().stream().map(rules::of).toList();
        return new RetentionPlan(decisions, nextLook(decisions, inForce, now));
    }

    /**
     * Where a backup stands for its restore (spec E14).
     *
     * @param candidate the backup
     * @param decision what the plan says of it
     * @return being cleaned up, due for it, or kept; one that a hold, a use or the floor keeps past its age is kept
     */
    public static Retained retained(RetentionCandidate candidate, RetentionDecision decision) {
        if (candidate.stage() == Stage.EXPIRING) {
            return Retained.EXPIRING;
        }
        return decision.verdict() == Verdict.REMOVE ? Retained.DUE : Retained.KEPT;
    }

    /**
     * The backup that is kept whatever its age, or null where there is none. One whose deletion was asked for is not it, while there
     * is another; one that was found damaged is it only where no other can be promised.
     */
    private static @Nullable BackupId lastRestorable(RetentionFacts facts) {
        if (facts.floor() == Floor.OFF || facts.database() instanceof Deleted) {
            return null;
        }
        List<RetentionCandidate> promised = promised(facts.backups()).toList();
        return best(promised.isEmpty() ? standing(facts.backups()).toList() : promised)
                .orElse(null);
    }

    /**
     * The backups that can be promised: completed here, in the registered place, not found damaged, and not due.
     *
     * @param backups what is known of backups of one database
     * @param decisions what the plan says of them; those it says nothing of count as kept unless their deletion was asked for
     * @return their ids, newest first
     */
    public static List<BackupId> restorable(List<RetentionCandidate> backups, List<RetentionDecision> decisions) {
        return staying(promised(backups), decisions)
                .map(RetentionCandidate::backup)
                .toList();
    }

    /**
     * The one of those that can be promised on which the clean-up of the others rests (spec H7).
     *
     * @param backups what is known of backups of one database
     * @param decisions what the plan says of them, as in {@link #restorable}
     * @return the newest whose deletion nobody asked for, else the newest; where none can be promised, the same of those that were found
     *     damaged; empty where there is none either
     */
    public static Optional<BackupId> promise(List<RetentionCandidate> backups, List<RetentionDecision> decisions) {
        return best(staying(promised(backups), decisions).toList())
                .or(() -> best(staying(standing(backups), decisions).toList()));
    }

    private static Optional<BackupId> best(List<RetentionCandidate> newestFirst) {
        return newestFirst.stream()
                .filter(backup -> backup.deletion() == null)
                .findFirst()
                .or(() -> newestFirst.stream().findFirst())
                .map(RetentionCandidate::backup);
    }

    private static Stream<RetentionCandidate> staying(
            Stream<RetentionCandidate> backups, List<RetentionDecision> decisions) {
        Map<BackupId, Verdict> verdicts =
                decisions.stream().collect(Collectors.toMap(RetentionDecision::backup, RetentionDecision::verdict));
        return backups.filter(backup -> {
            Verdict verdict = verdicts.get(backup.backup());
            return verdict == null ? backup.deletion() == null : verdict.stays();
        });
    }

    /**
     * The newest backup that completed here, where it was found damaged.
     *
     * @param backups what is known of backups of one database
     * @return its id, or empty where there is none or it was not found damaged
     */
    public static Optional<BackupId> newestDamaged(List<RetentionCandidate> backups) {
        return backups.stream()
                .filter(backup -> backup.stage() == Stage.COMPLETED && backup.ownership() == Ownership.OWN)
                .max(NEWEST)
                .filter(backup ->
                        backup.verification() != null && !backup.verification().passed())
                .map(RetentionCandidate::backup);
    }

    private static Stream<RetentionCandidate> promised(List<RetentionCandidate> backups) {
        return backups.stream().filter(RetentionCandidate::promised).sorted(NEWEST.reversed());
    }

    private static Stream<RetentionCandidate> standing(List<RetentionCandidate> backups) {
        return backups.stream().filter(RetentionCandidate::stands).sorted(NEWEST.reversed());
    }

    private static Instant ended(RetentionCandidate candidate) {
        return Objects.requireNonNullElse(candidate.endedAt(), Instant.MIN);
    }

    private static Instant covers(RetentionCandidate candidate) {
        return Objects.requireNonNullElse(candidate.completeBefore(), Instant.MIN);
    }

    private static @Nullable Instant nextLook(
            List<RetentionDecision> decisions, RetentionSetting inForce, Instant now) {
        Stream<Instant> ends = decisions.stream().flatMap(decision -> decision.expires().stream());
        Optional<Instant> change = inForce.pendingChange().map(PendingRetention::effectiveAt);
        return Stream.concat(ends, change.stream())
                .filter(at -> at.isAfter(now))
                .min(Comparator.naturalOrder())
                .orElse(null);
    }
}
