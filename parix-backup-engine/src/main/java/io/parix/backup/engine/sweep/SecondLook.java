package io.parix.backup.engine.sweep;

import io.parix.backup.BackupId;
import io.parix.backup.DatabaseId;
import io.parix.backup.RetentionDecision;
import io.parix.backup.RetentionDecision.Verdict;
import io.parix.backup.core.job.BackupJob;
import io.parix.backup.core.retention.RetentionRules;
import io.parix.backup.engine.retention.RetentionView;
import io.parix.backup.engine.row.BackupRow;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.JobRecord;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Plans anew for one backup, right before the write that nothing takes back: a look may take hours, and what it has read is old by
 * then. For one thread.
 *
 * <p>Everything that the plan rests on is read again, with as many questions however many backups there are: the backup and the
 * newest restorable one, what refers to them, the directory, whose the database is, and last its setting. A change that was
 * answered before that is heeded. Holds, verifications and whatever else is in the backup's own row are in the write's comparison,
 * and a restore or a backup that comes later looks at the row after it has named it. What is left is a setting or a database that
 * changes between its being read here and the write that follows at once. Such a change comes together with the expiry of a backup
 * that was due before it, and that every rule let go: who looks after the write sees it expiring. No row of the catalog says
 * whether a database exists, so no comparison could close this for the directory.
 *
 * @param catalog the truth
 * @param view plans
 * @param database whose backups
 * @param first what the look began with
 */
record SecondLook(Catalog catalog, RetentionView view, DatabaseId database, RetentionView.View first) {
    /** What the backup's row has become, and what is to be done about it. */
    sealed interface Answer {}

    /** It is due still; this is its row now. */
    record Due(JobRecord row) implements Answer {}

    /** News of this backup, or of the one that was to be kept for it. */
    record NotDue() implements Answer {}

    /** Other rules hold for the whole database: what stays by them has not been looked at. */
    record OtherRules() implements Answer {}

    /** Looks again at a backup that was to be removed. */
    Answer at(BackupId backup) {
        List<JobRecord> rows = catalog.find(withPromise(backup));
        List<BackupJob> jobs = rows.stream().map(BackupRow::read).toList();
        DatabaseFacts facts = view.look(database);
        RetentionView.Some now = view.some(database, new RetentionView.Known(jobs, facts, catalog.occupant(database)));
        if (!first.setting().inForceAt(now.at()).equals(now.setting()) || isDeleted(facts) != wasDeleted()) {
            return new OtherRules();
        }
        boolean due = now.decision(backup)
                .map(RetentionDecision::verdict)
                .filter(Verdict.REMOVE::equals)
                .isPresent();
        Optional<JobRecord> row =
                rows.stream().filter(found -> found.id().equals(backup.value())).findFirst();
        return due && row.isPresent() ? new Due(row.get()) : new NotDue();
    }

    /**
     * The newest restorable backup is why older ones may go (spec H7). Where it has been found damaged, the one that was to be
     * removed is the newest of the two.
     */
    private Set<String> withPromise(BackupId backup) {
        Set<String> ids = new HashSet<>(Set.of(backup.value()));
        RetentionRules.restorable(first.facts().backups(), first.plan().decisions()).stream()
                .findFirst()
                .map(BackupId::value)
                .ifPresent(ids::add);
        return ids;
    }

    private boolean wasDeleted() {
        return isDeleted(first.facts().database());
    }

    private static boolean isDeleted(DatabaseFacts facts) {
        return facts instanceof DatabaseFacts.Deleted;
    }
}
