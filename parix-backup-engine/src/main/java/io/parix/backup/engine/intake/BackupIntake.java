package io.parix.backup.engine.intake;

import io.parix.backup.Actor;
import io.parix.backup.Backup;
import io.parix.backup.BackupAnswer;
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
import io.parix.backup.core.job.BackupJob;
import io.parix.backup.engine.row.BackupRow;
import io.parix.backup.engine.row.Findings;
import io.parix.backup.engine.verify.DamageRecords;
import io.parix.backup.host.AccessPolicy;
import io.parix.backup.spi.catalog.HistoryQuery;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import java.util.List;
import java.util.Optional;

/** The service behind {@link Backups}. */
public final class BackupIntake implements Backups {
    private final IntakeParts parts;
    private final BackupOrders orders;
    private final Canceller canceller;
    private final Keeping keeping;

    /**
     * A service over the given parts.
     *
     * @param parts what it works with
     */
    public BackupIntake(IntakeParts parts) {
        this.parts = parts;
        this.orders = new BackupOrders(parts);
        this.canceller = new Canceller(parts);
        this.keeping = new Keeping(parts);
    }

    @Override
    public Report availability(DatabaseId database, Actor actor) {
        return orders.availability(database, actor);
    }

    @Override
    public BackupAnswer request(BackupRequest request) {
        return orders.ask(
                new BackupOrders.Order(request.database(), request.actor(), Trigger.MANUAL, request.idempotencyKey()));
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
        return keeping.hold(backup, actor);
    }

    @Override
    public Backup lift(BackupId backup, Actor actor) {
        return keeping.lift(backup, actor);
    }

    @Override
    public Backup delete(BackupId backup, Actor actor) {
        return keeping.delete(backup, actor);
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
        Verification known = findings.record(backup, found, completed.verification())
                .orElseThrow(() -> new FailedException(
                        ErrorCode.BACKUP_EXPIRING,
                        "Cannot say how backup " + backup + " is: it began to expire while it was looked at."));
        findings.flagSharers(job.header().database(), report, Optional.of(backup));
        new DamageRecords(parts.catalog(), parts.archives(), findings)
                .lostKeys(
                        job.header(), report, parts.verifier().bench(completed).call());
        parts.events().pump();
        return known;
    }

    private Optional<JobRecord> row(BackupId backup) {
        return parts.catalog().find(backup.value()).filter(row -> row.kind() == JobKind.BACKUP);
    }
}
