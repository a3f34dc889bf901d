package io.parix.backup.engine.page;

import io.parix.backup.BackupId;
import io.parix.backup.DatabaseId;
import io.parix.backup.JobStatus;
import io.parix.backup.RetentionDecision;
import io.parix.backup.RetentionDecision.Reason;
import io.parix.backup.Workflow;
import io.parix.backup.core.job.BackupJob;
import io.parix.backup.core.retention.RetentionRules;
import io.parix.backup.engine.intake.IntakeParts;
import io.parix.backup.engine.restore.EligibilityCheck;
import io.parix.backup.engine.retention.RetentionView;
import io.parix.backup.engine.row.BackupRow;
import io.parix.backup.engine.row.CleanUpRow;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.HistoryQuery;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads glances, each by the same number of queries whatever is looked at, or twice as many at most. Safe for concurrent calls. */
final class Glances {
    /** The completed backups among which the last restorable one is looked for. */
    private static final int NEWEST = 50;

    /**
     * Where none of those is restorable, it is looked for among these, once. Where none of these is either, it is not known which is the
     * last restorable one, nor whether there is one; nothing is claimed of it.
     */
    private static final int MOST = 1_000;

    private final IntakeParts parts;
    private final Catalog catalog;
    private final PageParts all;

    Glances(PageParts all) {
        this.all = all;
        this.parts = all.intake();
        this.catalog = parts.catalog();
    }

    /** Looks at a database, these backups of it and its newest completed ones. */
    Glance of(DatabaseId database, List<JobRecord> rows) {
        EligibilityCheck eligibility = parts.eligibility();
        DatabaseFacts facts = eligibility.look(database);
        Optional<Workflow> active = catalog.occupant(database);
        Looked looked = look(new Subject(database, facts, active, rows), NEWEST);
        RetentionView.Some some = looked.some();
        return new Glance(
                some.at(),
                eligibility.current(facts, active.stream().toList()),
                known(looked),
                looked.older(),
                some.setting(),
                cleanUp(database),
                all.schedules().card(database, facts).orElse(null));
    }

    private record Subject(DatabaseId database, DatabaseFacts facts, Optional<Workflow> active, List<JobRecord> rows) {}

    /** The reasons that take it that all backups are known. */
    private static final Set<Reason> LAST = Set.of(Reason.LAST_RESTORABLE, Reason.LAST_COMPLETE);

    /** With {@code older} the last restorable one, if any, is older than all completed ones that were looked for it. */
    private record Looked(List<JobRecord> rows, List<BackupJob> jobs, RetentionView.Some some, boolean older) {
        Optional<RetentionDecision> decision(BackupId backup) {
            return some.decision(backup).filter(found -> !older || !LAST.contains(found.reason()));
        }
    }

    private Looked look(Subject subject, int limit) {
        List<JobRecord> newest = newest(subject.database(), limit);
        Map<String, JobRecord> each = new LinkedHashMap<>();
        subject.rows().forEach(row -> each.put(row.id(), row));
        newest.forEach(row -> each.putIfAbsent(row.id(), row));
        List<BackupJob> jobs = each.values().stream().map(BackupRow::read).toList();
        RetentionView.Known known = new RetentionView.Known(jobs, subject.facts(), subject.active());
        RetentionView.Some some = all.view().some(subject.database(), known);
        boolean older = newest.size() == limit && noneRestorable(newest, some);
        return older && limit < MOST ? look(subject, MOST) : new Looked(List.copyOf(each.values()), jobs, some, older);
    }

    private static boolean noneRestorable(List<JobRecord> newest, RetentionView.Some some) {
        Set<String> restorable = RetentionRules.restorable(some.candidates(), List.of()).stream()
                .map(BackupId::value)
                .collect(Collectors.toSet());
        return newest.stream().map(JobRecord::id).noneMatch(restorable::contains);
    }

    private List<JobRecord> newest(DatabaseId database, int limit) {
        return catalog.history(
                HistoryQuery.newest(database, JobKind.BACKUP, limit).having(JobStatus.COMPLETED));
    }

    private CleanUpRow.State cleanUp(DatabaseId database) {
        return catalog.keyed(database, JobKind.CLEAN_UP, CleanUpRow.KEY)
                .map(CleanUpRow::read)
                .orElse(CleanUpRow.State.FIRST);
    }

    private static Map<BackupId, Glance.Known> known(Looked looked) {
        Map<BackupId, Glance.Known> known = new LinkedHashMap<>();
        for (int i = 0; i < looked.rows().size(); i++) {
            BackupJob job = looked.jobs().get(i);
            BackupId id = job.header().backup();
            known.put(
                    id,
                    new Glance.Known(
                            looked.rows().get(i),
                            job,
                            looked.some().candidates().get(i),
                            looked.decision(id).orElse(null)));
        }
        return known;
    }
}
