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
import io.parix.backup.spi.catalog.WriteCondition;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Plans anew for one backup, right before the write that nothing takes back: a look may take hours, and what it has read is old by
 * then. For one thread.
 *
 * <p>Everything that the plan rests on is read again, with as many questions however many backups there are: the backup and the
 * newest restorable one, what refers to them, the directory, whose the database is, and last its setting. What of it is in rows is a
 * condition of the write that follows, however long the worker sleeps before that: the backup's own row by its version, with holds and
 * verifications; that of the newest restorable one; the settings. A restore or a backup that comes later looks at the row after it has
 * named it. What is left is what hosts say, whose the database is and whether it exists: that changes in no transaction of the catalog's,
 * so what was answered right before the write counts.
 *
 * @param catalog the truth
 * @param view plans
 * @param database whose backups
 * @param first what the look began with
 */
record SecondLook(Catalog catalog, RetentionView view, DatabaseId database, RetentionView.View first) {
    /** What the backup's row has become, and what is to be done about it. */
    sealed interface Answer {}

    /** It is due still, at this instant; this is its row now, and it is due for as long as other rows stand as they were read. */
    record Due(JobRecord row, Set<WriteCondition> stands, Instant at) implements Answer {}

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
        return due && row.isPresent() ? new Due(row.get(), stands(rows, row.get(), now), now.at()) : new NotDue();
    }

    private static Set<WriteCondition> stands(List<JobRecord> rows, JobRecord own, RetentionView.Some now) {
        Set<WriteCondition> stands = new HashSet<>(now.stands());
        rows.stream()
                .filter(row -> !row.id().equals(own.id()))
                .map(row -> new WriteCondition.JobStands(row.id(), row.version()))
                .forEach(stands::add);
        return stands;
    }

    /**
     * The newest restorable backup is why older ones may go (spec H7). Where it has been found damaged, the one that was to be
     * removed is the newest of the two.
     */
    private Set<String> withPromise(BackupId backup) {
        Set<String> ids = new HashSet<>(Set.of(backup.value()));
        RetentionRules.promise(first.facts().backups(), first.plan().decisions())
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
