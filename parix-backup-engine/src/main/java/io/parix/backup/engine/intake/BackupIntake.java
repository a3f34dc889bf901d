package io.parix.backup.engine.intake;

import io.parix.backup.Actor;
import io.parix.backup.Backup;
import io.parix.backup.BackupAnswer;
import io.parix.backup.BackupEvent;
import io.parix.backup.BackupId;
import io.parix.backup.BackupRequest;
import io.parix.backup.Backups;
import io.parix.backup.CancelAnswer;
import io.parix.backup.DatabaseId;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.InvalidRequestException;
import io.parix.backup.Report;
import io.parix.backup.Trigger;
import io.parix.backup.Verification;
import io.parix.backup.VerificationLevel;
import io.parix.backup.Workflow;
import io.parix.backup.core.availability.Availability;
import io.parix.backup.core.availability.AvailabilityFacts;
import io.parix.backup.core.availability.AvailabilityFacts.Permission;
import io.parix.backup.core.job.BackupHeader;
import io.parix.backup.core.job.BackupJob;
import io.parix.backup.engine.row.BackupRow;
import io.parix.backup.engine.row.Findings;
import io.parix.backup.host.AccessPolicy;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.spi.catalog.HistoryQuery;
import io.parix.backup.spi.catalog.Inserted;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.NewJob;
import io.parix.backup.spi.catalog.Wake;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The service behind {@link Backups}. */
public final class BackupIntake implements Backups {
    private final IntakeParts parts;
    private final Canceller canceller;
    private final Holds holds;

    /**
     * A service over the given parts.
     *
     * @param parts what it works with
     */
    public BackupIntake(IntakeParts parts) {
        this.parts = parts;
        this.canceller = new Canceller(parts);
        this.holds = new Holds(parts);
    }

    @Override
    public Report availability(DatabaseId database, Actor actor) {
        return report(database, actor, parts.eligibility().look(database), occupant(database));
    }

    @Override
    public BackupAnswer request(BackupRequest request) {
        DatabaseId database = request.database();
        DatabaseFacts facts = parts.eligibility().look(database);
        // The slot is the catalog's to judge, in the transaction of the insert; so here the rest counts.
        Report report = report(database, request.actor(), facts, List.of());
        Optional<JobRecord> earlier = parts.allows(request.actor(), AccessPolicy.Action.REQUEST_BACKUP, database)
                ? request.key().flatMap(key -> parts.catalog().keyed(database, JobKind.BACKUP, key))
                : Optional.empty();
        if (earlier.isPresent()) {
            return new BackupAnswer.Accepted(BackupRow.view(earlier.get()));
        }
        if (!report.passed() || !(facts instanceof DatabaseFacts.Live live)) {
            return new BackupAnswer.Refused(report(database, request.actor(), facts, occupant(database)));
        }
        return answer(request, facts, parts.catalog().insert(newJob(request, live)));
    }

    private BackupAnswer answer(BackupRequest request, DatabaseFacts facts, Inserted inserted) {
        if (inserted instanceof Inserted.Occupied occupied) {
            return new BackupAnswer.Refused(report(request.database(), request.actor(), facts, List.of(occupied.by())));
        }
        JobRecord row =
                inserted instanceof Inserted.Created created ? created.row() : ((Inserted.Existing) inserted).row();
        parts.dispatcher().wake(Wake.of(row, row.requestedAt()));
        return new BackupAnswer.Accepted(BackupRow.view(row));
    }

    @Override
    public Optional<Backup> find(BackupId backup) {
        return row(backup).map(BackupRow::view);
    }

    @Override
    public CancelAnswer cancel(BackupId backup, Actor actor) {
        parts.requireAllowed(
                actor, AccessPolicy.Action.CANCEL_BACKUP, parts.row(backup).database());
        return canceller.cancel(backup, actor);
    }

    @Override
    public Backup hold(BackupId backup, Actor actor) {
        return holds.hold(backup, actor);
    }

    @Override
    public Backup lift(BackupId backup, Actor actor) {
        return holds.lift(backup, actor);
    }

    @Override
    public List<Backup> history(DatabaseId database, int limit) {
        if (limit < 1 || limit > MAX_HISTORY) {
            throw InvalidRequestException.of("history limit", String.valueOf(limit), "it must be 1 to " + MAX_HISTORY);
        }
        HistoryQuery query = HistoryQuery.newest(database, JobKind.BACKUP, limit);
        return parts.catalog().history(query).stream().map(BackupRow::view).toList();
    }

    @Override
    public Verification verify(BackupId backup, VerificationLevel level, Actor actor) {
        BackupJob job = row(backup).map(BackupRow::read).orElse(null);
        if (!(job instanceof BackupJob.Completed completed)) {
            throw new FailedException(
                    ErrorCode.NOT_FOUND,
                    "Cannot verify backup " + backup + ": there is no completed backup of this id.");
        }
        parts.requireAllowed(
                actor, AccessPolicy.Action.VERIFY_BACKUP, job.header().database());
        Report report = parts.verifier().verify(completed, level);
        Verification found = new Verification(level, parts.catalog().now(), report);
        Findings findings = new Findings(parts.catalog(), parts.conflicts());
        findings.record(backup, found);
        findings.flagSharers(job.header().database(), report, Optional.of(backup));
        parts.events().pump();
        return found;
    }

    private Optional<JobRecord> row(BackupId backup) {
        return parts.catalog().find(backup.value()).filter(row -> row.kind() == JobKind.BACKUP);
    }

    private NewJob newJob(BackupRequest request, DatabaseFacts.Live live) {
        DatabaseId database = request.database();
        Instant now = parts.catalog().now();
        BackupId id = new BackupId(parts.ids().next("b", now));
        String location = parts.archives().registered(database, live.profile().provider());
        BackupHeader header = new BackupHeader(
                id, database, request.actor(), Trigger.MANUAL, now, location, request.idempotencyKey());
        JobRecord row =
                BackupRow.first(new BackupJob.Queued(header), live.profile().region());
        BackupEvent event = new BackupEvent(
                id + "-1-requested", BackupEvent.Kind.BACKUP_REQUESTED, database, id.value(), now, null);
        return new NewJob(row, request.idempotencyKey(), event);
    }

    private List<Workflow> occupant(DatabaseId database) {
        return parts.catalog().occupant(database).stream().toList();
    }

    private Report report(DatabaseId database, Actor actor, DatabaseFacts facts, List<Workflow> active) {
        boolean allowed = parts.allows(actor, AccessPolicy.Action.REQUEST_BACKUP, database);
        Permission permission = allowed ? Permission.ALLOWED : Permission.DENIED;
        return Availability.report(
                new AvailabilityFacts(facts, active, parts.providers().ids(), permission));
    }
}
