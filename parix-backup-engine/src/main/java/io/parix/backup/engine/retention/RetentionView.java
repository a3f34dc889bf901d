package io.parix.backup.engine.retention;

import io.parix.backup.BackupId;
import io.parix.backup.DatabaseId;
import io.parix.backup.Ownership;
import io.parix.backup.RetentionDecision.Verdict;
import io.parix.backup.RetentionSetting;
import io.parix.backup.core.eligibility.Retained;
import io.parix.backup.core.job.BackupJob;
import io.parix.backup.core.retention.RetentionCandidate;
import io.parix.backup.core.retention.RetentionCandidate.Pin;
import io.parix.backup.core.retention.RetentionCandidate.Place;
import io.parix.backup.core.retention.RetentionCandidate.Stage;
import io.parix.backup.core.retention.RetentionFacts;
import io.parix.backup.core.retention.RetentionPlan;
import io.parix.backup.core.retention.RetentionRules;
import io.parix.backup.engine.row.BackupRow;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.spi.StorageLocation;
import io.parix.backup.spi.catalog.HistoryQuery;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what must be known to tell what becomes of a database's backups. Safe for concurrent calls. */
public final class RetentionView {
    private static final int PAGE = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(RetentionView.class);

    private final RetentionParts parts;
    private final RetentionSettings settings;

    /**
     * Reads from the given parts.
     *
     * @param parts what it is decided from
     */
    public RetentionView(RetentionParts parts) {
        this.parts = parts;
        this.settings = new RetentionSettings(parts.catalog());
    }

    /**
     * The backups of a database and what becomes of them.
     *
     * @param rows their rows, newest first
     * @param facts what is known of each, in the same order
     * @param setting how long they are kept
     * @param plan what becomes of each, in the same order
     */
    public record View(List<JobRecord> rows, RetentionFacts facts, RetentionSetting setting, RetentionPlan plan) {
        /** Copies the list. */
        public View {
            rows = List.copyOf(rows);
        }

        /** {@return the rows by id} */
        public Map<BackupId, JobRecord> byId() {
            return rows.stream().collect(Collectors.toMap(row -> new BackupId(row.id()), Function.identity()));
        }
    }

    /**
     * Plans for a database, at the catalog's time.
     *
     * @param database whose
     * @return its backups and what becomes of them
     * @throws RuntimeException of the host's, where it cannot tell whose the database is
     */
    public View of(DatabaseId database) {
        RetentionSetting setting = settings.stored(parts.organizations().of(database));
        List<JobRecord> rows = rows(database);
        RetentionFacts facts = facts(database, rows);
        Instant now = parts.catalog().now();
        return new View(rows, facts, setting, RetentionRules.plan(facts, setting, now));
    }

    /**
     * Tells where a completed backup stands with its clean-up (spec E14). A host that cannot tell whose the database is keeps it.
     *
     * @param backup the backup
     * @return kept, or due
     */
    public Retained retained(BackupJob.Completed backup) {
        BackupId id = backup.header().backup();
        View now;
        try {
            now = of(backup.header().database());
        } catch (RuntimeException e) {
            LOG.warn("What becomes of backup {} cannot be told; it counts as kept", id, e);
            return Retained.KEPT;
        }
        return now.plan().decisions().stream()
                .filter(decision -> decision.backup().equals(id))
                .map(decision -> decision.verdict() == Verdict.REMOVE ? Retained.DUE : Retained.KEPT)
                .findFirst()
                .orElse(Retained.EXPIRING);
    }

    RetentionFacts facts(DatabaseId database) {
        return facts(database, rows(database));
    }

    private RetentionFacts facts(DatabaseId database, List<JobRecord> rows) {
        Map<BackupId, Set<Pin>> pins = Pins.of(parts.catalog(), database);
        Map<String, Place> places = new HashMap<>();
        List<RetentionCandidate> candidates = rows.stream()
                .map(BackupRow::read)
                .map(job -> candidate(
                        job,
                        places.computeIfAbsent(job.header().location(), location -> place(database, location)),
                        pins.getOrDefault(job.header().backup(), Set.of())))
                .toList();
        return new RetentionFacts(
                candidates, look(database), parts.settings().retention().floor());
    }

    private List<JobRecord> rows(DatabaseId database) {
        List<JobRecord> rows = new ArrayList<>();
        HistoryQuery query = HistoryQuery.newest(database, JobKind.BACKUP, PAGE);
        List<JobRecord> page = parts.catalog().history(query);
        rows.addAll(page);
        while (page.size() == PAGE) {
            page = parts.catalog().history(query.after(page.get(PAGE - 1)));
            rows.addAll(page);
        }
        return rows;
    }

    /** A host that cannot tell has not registered it: what lies there is left alone (spec C11). */
    private Place place(DatabaseId database, String location) {
        try {
            String provider = StorageLocation.parse(location).provider();
            return parts.archives().registered(database, provider).equals(location)
                    ? Place.REGISTERED
                    : Place.NOT_REGISTERED;
        } catch (RuntimeException e) {
            return Place.NOT_REGISTERED;
        }
    }

    private DatabaseFacts look(DatabaseId database) {
        try {
            return parts.directory().look(database);
        } catch (RuntimeException e) {
            return new DatabaseFacts.Unknown("the directory failed: " + e.getMessage());
        }
    }

    static RetentionCandidate candidate(BackupJob job, Place place, Set<Pin> pins) {
        BackupId backup = job.header().backup();
        if (job instanceof BackupJob.Expiring expiring) {
            return of(expiring.backup(), Stage.EXPIRING, place, pins);
        }
        if (job instanceof BackupJob.Completed completed) {
            return of(completed, Stage.COMPLETED, place, pins);
        }
        if (job instanceof BackupJob.Failed failed) {
            Stage stage = job instanceof BackupJob.Unswept ? Stage.FAILED : Stage.FAILED_AND_SWEPT;
            return new RetentionCandidate(backup, stage, failed.failure().at(), null, null, Ownership.OWN, place, pins);
        }
        return new RetentionCandidate(backup, Stage.RUNNING, null, null, null, Ownership.OWN, place, pins);
    }

    private static RetentionCandidate of(BackupJob.Completed job, Stage stage, Place place, Set<Pin> pins) {
        return new RetentionCandidate(
                job.header().backup(),
                stage,
                job.completedAt(),
                job.verification(),
                job.standing().hold(),
                job.standing().ownership(),
                place,
                pins);
    }
}
