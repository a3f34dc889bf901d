package io.parix.backup.engine.retention;

import io.parix.backup.BackupId;
import io.parix.backup.Check;
import io.parix.backup.DatabaseId;
import io.parix.backup.ErrorCode;
import io.parix.backup.OrganizationId;
import io.parix.backup.Ownership;
import io.parix.backup.RetentionDecision;
import io.parix.backup.RetentionDecision.Verdict;
import io.parix.backup.RetentionSetting;
import io.parix.backup.Workflow;
import io.parix.backup.archive.segment.ArchiveKeys;
import io.parix.backup.core.check.Bounded;
import io.parix.backup.core.eligibility.Retained;
import io.parix.backup.core.job.BackupJob;
import io.parix.backup.core.retention.Belonging;
import io.parix.backup.core.retention.RetentionCandidate;
import io.parix.backup.core.retention.RetentionCandidate.Manifest;
import io.parix.backup.core.retention.RetentionCandidate.Pin;
import io.parix.backup.core.retention.RetentionCandidate.Place;
import io.parix.backup.core.retention.RetentionCandidate.Stage;
import io.parix.backup.core.retention.RetentionFacts;
import io.parix.backup.core.retention.RetentionPlan;
import io.parix.backup.core.retention.RetentionRules;
import io.parix.backup.engine.row.BackupRow;
import io.parix.backup.engine.row.CleanUpRow;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.spi.StorageLocation;
import io.parix.backup.spi.catalog.HistoryQuery;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.WriteCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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
     * @param belonging whose the database is, to be known to the next look
     * @param plan what becomes of each, in the same order
     * @param at the instant that it was made for, on the catalog's clock
     */
    public record View(
            List<JobRecord> rows,
            RetentionFacts facts,
            RetentionSetting setting,
            Belonging belonging,
            RetentionPlan plan,
            Instant at) {
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
        Owner owner = owner(database, parts.organizations().of(database));
        List<JobRecord> rows = rows(database);
        RetentionFacts facts = facts(database, rows);
        Instant now = parts.catalog().now();
        RetentionSetting setting = owner.setting(now);
        return new View(rows, facts, setting, owner.seen(now), RetentionRules.plan(facts, setting, now), now);
    }

    /** Whose a database is by the host's word, beside what its clean-up has last known. */
    private record Owner(
            OrganizationId current,
            Belonging known,
            Belonging.Settings settings,
            Duration undoWindow,
            Set<WriteCondition> stands) {
        RetentionSetting setting(Instant now) {
            return known.setting(current, settings, new Belonging.Moment(now, undoWindow));
        }

        Belonging seen(Instant now) {
            return known.seen(current, settings, new Belonging.Moment(now, undoWindow));
        }
    }

    private Owner owner(DatabaseId database, OrganizationId current) {
        Belonging known = parts.catalog()
                .keyed(database, JobKind.CLEAN_UP, CleanUpRow.KEY)
                .flatMap(row -> CleanUpRow.read(row).owner())
                .orElse(Belonging.to(current));
        RetentionSettings.Stored now = settings.stored(current);
        RetentionSettings.Stored before =
                known.organization().equals(current) ? now : settings.stored(known.organization());
        return new Owner(
                current,
                known,
                new Belonging.Settings(before.setting(), now.setting()),
                parts.settings().retention().undoWindow(),
                new HashSet<>(List.of(before.stands(), now.stands())));
    }

    /**
     * Some backups of a database, with what is known of it already.
     *
     * @param jobs their states
     * @param database what the host knows of it
     * @param active what holds its slot
     */
    public record Known(List<BackupJob> jobs, DatabaseFacts database, Optional<Workflow> active) {
        /** Copies the list. */
        public Known {
            jobs = List.copyOf(jobs);
        }
    }

    /**
     * What becomes of some backups of a database.
     *
     * @param at when, on the catalog's clock
     * @param candidates what is known of the keeping of each, in the order of the jobs
     * @param setting how long they are kept now; null where the host cannot tell whose the database is
     * @param stands that the settings which the decisions rest on are so still
     * @param decisions what becomes of each, by id; none where there is no setting
     */
    public record Some(
            Instant at,
            List<RetentionCandidate> candidates,
            @Nullable RetentionSetting setting,
            Set<WriteCondition> stands,
            Map<BackupId, RetentionDecision> decisions) {
        /** Copies the collections. */
        public Some {
            candidates = List.copyOf(candidates);
            stands = Set.copyOf(stands);
            decisions = Map.copyOf(decisions);
        }

        /**
         * What becomes of a backup.
         *
         * @param backup which
         * @return the decision, or empty where there is none
         */
        public Optional<RetentionDecision> decision(BackupId backup) {
            return Optional.ofNullable(decisions.get(backup));
        }
    }

    /**
     * Plans for some backups of a database, by the rules of the whole plan. The last restorable one (spec H7) is found only where it is among
     * them. A host that cannot tell whose the database is leaves it open what becomes of them.
     *
     * @param database whose
     * @param known the backups, and what is known of the database
     * @return what becomes of them
     */
    public Some some(DatabaseId database, Known known) {
        List<RetentionCandidate> candidates =
                candidates(database, known.jobs(), Pins.of(parts.catalog(), database, known.active()));
        RetentionFacts facts = new RetentionFacts(
                candidates, known.database(), parts.settings().retention().floor());
        Optional<Owner> owner = owner(database);
        Instant now = parts.catalog().now();
        Optional<RetentionSetting> setting = owner.map(whose -> whose.setting(now));
        Map<BackupId, RetentionDecision> decisions =
                setting.map(there -> RetentionRules.plan(facts, there, now).decisions()).orElse(List.of()).stream()
                        .collect(Collectors.toMap(RetentionDecision::backup, Function.identity()));
        return new Some(
                now,
                candidates,
                setting.map(there -> there.inForceAt(now)).orElse(null),
                owner.map(Owner::stands).orElse(Set.of()),
                decisions);
    }

    private Optional<Owner> owner(DatabaseId database) {
        OrganizationId organization;
        try {
            organization = parts.organizations().of(database);
        } catch (RuntimeException e) {
            LOG.warn("Whose database {} is cannot be told; what becomes of its backups is left open", database, e);
            return Optional.empty();
        }
        return Optional.of(owner(database, organization));
    }

    /**
     * Tells where a completed backup stands with its clean-up (spec E14). A host that cannot tell whose the database is keeps it,
     * unless its deletion was asked for.
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
            LOG.warn("What becomes of backup {} by its age cannot be told", id, e);
            return backup.standing().deletion() == null ? Retained.KEPT : Retained.DUE;
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
        List<BackupJob> jobs = rows.stream().map(BackupRow::read).toList();
        return new RetentionFacts(
                candidates(database, jobs, pins),
                look(database),
                parts.settings().retention().floor());
    }

    private List<RetentionCandidate> candidates(
            DatabaseId database, List<BackupJob> jobs, Map<BackupId, Set<Pin>> pins) {
        Map<String, Place> places = new HashMap<>();
        return jobs.stream()
                .map(job -> candidate(
                        job,
                        places.computeIfAbsent(job.header().location(), location -> place(database, location)),
                        pins.getOrDefault(job.header().backup(), Set.of())))
                .toList();
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

    /**
     * Looks a database up; a directory that fails does not know. What its exception says may be a secret, and goes to the log alone.
     *
     * @param database which
     * @return what the host says, with a reason that is not long
     */
    public DatabaseFacts look(DatabaseId database) {
        try {
            DatabaseFacts facts = parts.directory().look(database);
            return facts instanceof DatabaseFacts.Unknown unknown
                    ? new DatabaseFacts.Unknown(Bounded.text(unknown.reason()))
                    : facts;
        } catch (RuntimeException e) {
            LOG.warn("The database directory failed on {}; the database counts as unknown", database, e);
            return new DatabaseFacts.Unknown(
                    "the directory failed with " + e.getClass().getName() + "; the log says more");
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
            return new RetentionCandidate(
                    backup,
                    stage,
                    failed.failure().at(),
                    null,
                    null,
                    null,
                    null,
                    Ownership.OWN,
                    place,
                    Manifest.UNDOUBTED,
                    pins);
        }
        return new RetentionCandidate(
                backup, Stage.RUNNING, null, null, null, null, null, Ownership.OWN, place, Manifest.UNDOUBTED, pins);
    }

    private static RetentionCandidate of(BackupJob.Completed job, Stage stage, Place place, Set<Pin> pins) {
        return new RetentionCandidate(
                job.header().backup(),
                stage,
                job.completedAt(),
                job.captured().completeBefore(),
                job.verification(),
                job.standing().hold(),
                job.standing().deletion(),
                job.standing().ownership(),
                place,
                manifest(job),
                pins);
    }

    /** A failed check names what it expected: the manifest by its name, or by what it was committed with. */
    private static Manifest manifest(BackupJob.Completed job) {
        Set<String> own = Set.of(
                ArchiveKeys.manifestName(job.header().backup()),
                job.contents().manifest().sha256());
        Set<String> codes = job.verification().report().failures().stream()
                .filter(check -> own.contains(check.expected()))
                .map(Check::code)
                .collect(Collectors.toSet());
        if (codes.contains(ErrorCode.OBJECT_MISSING.code())) {
            return Manifest.MISSING;
        }
        boolean wrong =
                codes.contains(ErrorCode.OBJECT_CORRUPT.code()) || codes.contains(ErrorCode.MANIFEST_FOREIGN.code());
        return wrong ? Manifest.WRONG : Manifest.UNDOUBTED;
    }
}
