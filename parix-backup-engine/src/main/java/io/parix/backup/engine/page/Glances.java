package io.parix.backup.engine.page;

import io.parix.backup.BackupId;
import io.parix.backup.DatabaseId;
import io.parix.backup.JobStatus;
import io.parix.backup.Workflow;
import io.parix.backup.core.job.BackupJob;
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

/** Reads glances, each by the same number of queries whatever is looked at. Safe for concurrent calls. */
final class Glances {
    /**
     * The completed backups among which the last restorable one is looked for. Where all of them are damaged or foreign, an older one that
     * clean-up keeps is shown as due.
     */
    private static final int NEWEST = 50;

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
        Map<String, JobRecord> looked = new LinkedHashMap<>();
        rows.forEach(row -> looked.put(row.id(), row));
        newest(database).forEach(row -> looked.putIfAbsent(row.id(), row));
        List<BackupJob> jobs = looked.values().stream().map(BackupRow::read).toList();
        EligibilityCheck eligibility = parts.eligibility();
        DatabaseFacts facts = eligibility.look(database);
        Optional<Workflow> active = catalog.occupant(database);
        RetentionView.Some some = all.view().some(database, new RetentionView.Known(jobs, facts, active));
        return new Glance(
                some.at(),
                eligibility.current(facts, active.stream().toList()),
                known(List.copyOf(looked.values()), jobs, some),
                some.setting(),
                cleanUp(database),
                all.schedules().card(database).orElse(null));
    }

    private List<JobRecord> newest(DatabaseId database) {
        return catalog.history(
                HistoryQuery.newest(database, JobKind.BACKUP, NEWEST).having(JobStatus.COMPLETED));
    }

    private CleanUpRow.State cleanUp(DatabaseId database) {
        return catalog.keyed(database, JobKind.CLEAN_UP, CleanUpRow.KEY)
                .map(CleanUpRow::read)
                .orElse(CleanUpRow.State.FIRST);
    }

    private static Map<BackupId, Glance.Known> known(
            List<JobRecord> rows, List<BackupJob> jobs, RetentionView.Some some) {
        Map<BackupId, Glance.Known> known = new LinkedHashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            BackupJob job = jobs.get(i);
            BackupId id = job.header().backup();
            known.put(
                    id,
                    new Glance.Known(
                            rows.get(i),
                            job,
                            some.candidates().get(i),
                            some.decision(id).orElse(null)));
        }
        return known;
    }
}
