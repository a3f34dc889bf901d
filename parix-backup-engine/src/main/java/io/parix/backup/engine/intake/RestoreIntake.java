package io.parix.backup.engine.intake;

import io.parix.backup.BackupEvent;
import io.parix.backup.BackupId;
import io.parix.backup.Check;
import io.parix.backup.DatabaseId;
import io.parix.backup.Report;
import io.parix.backup.Restore;
import io.parix.backup.RestoreAnswer;
import io.parix.backup.RestoreId;
import io.parix.backup.RestoreRequest;
import io.parix.backup.Restores;
import io.parix.backup.Workflow;
import io.parix.backup.core.eligibility.Eligibility;
import io.parix.backup.core.job.BackupJob;
import io.parix.backup.core.job.RestoreHeader;
import io.parix.backup.core.job.RestoreJob;
import io.parix.backup.engine.restore.EligibilityCheck;
import io.parix.backup.engine.row.RestoreRow;
import io.parix.backup.host.AccessPolicy;
import io.parix.backup.spi.catalog.Inserted;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.NewJob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The service behind {@link Restores}. */
public final class RestoreIntake implements Restores {
    private final IntakeParts parts;

    /**
     * A service over the given parts.
     *
     * @param parts what it works with
     */
    public RestoreIntake(IntakeParts parts) {
        this.parts = parts;
    }

    @Override
    public Report eligibility(BackupId backup) {
        return parts.eligibility().check(backup, Optional.empty()).report();
    }

    @Override
    public RestoreAnswer request(RestoreRequest request) {
        Report gate = gate(request);
        if (!gate.passed()) {
            return new RestoreAnswer.Refused(gate);
        }
        EligibilityCheck.Answer answer = parts.eligibility().check(request.backup(), Optional.empty());
        Report report = gate.and(answer.report());
        if (!report.passed() || !(answer.backup() instanceof BackupJob.Completed backup)) {
            return new RestoreAnswer.Refused(report);
        }
        return insert(request, backup);
    }

    @Override
    public Optional<Restore> find(RestoreId restore) {
        return parts.catalog()
                .find(restore.value())
                .filter(row -> row.kind() == JobKind.RESTORE)
                .map(RestoreRow::view);
    }

    /** The name and the permission, before anything else is looked at (spec F1). */
    private Report gate(RestoreRequest request) {
        DatabaseId database = parts.eligibility().database(request.backup());
        List<Check> checks = new ArrayList<>();
        checks.add(Eligibility.confirmation(
                request.confirmedName(), parts.eligibility().look(database)));
        if (!parts.allows(request.actor(), AccessPolicy.Action.REQUEST_RESTORE, database)) {
            checks.add(new Check(
                    "F1",
                    "not-permitted",
                    Check.Outcome.FAIL,
                    "allowed",
                    "denied",
                    "You may not restore this database."));
        }
        return new Report(checks);
    }

    private RestoreAnswer insert(RestoreRequest request, BackupJob.Completed backup) {
        Instant now = parts.catalog().now();
        RestoreId id = new RestoreId(parts.ids().next("r", now));
        DatabaseId database = backup.header().database();
        RestoreHeader header = new RestoreHeader(
                id, database, request.backup(), backup.contents().manifest().sha256(), request.actor(), now);
        JobRecord row = RestoreRow.first(new RestoreJob.Queued(header));
        BackupEvent event = new BackupEvent(
                id + "-1-requested", BackupEvent.Kind.RESTORE_REQUESTED, database, id.value(), now, null);
        Inserted inserted = parts.catalog().insert(new NewJob(row, null, event));
        if (inserted instanceof Inserted.Created created) {
            parts.dispatcher().wake(id.value(), now);
            return new RestoreAnswer.Accepted(RestoreRow.view(created.row()));
        }
        // Somebody took the slot in between, and may have given it back by now; the report says who.
        Workflow holder = ((Inserted.Occupied) inserted).by();
        return new RestoreAnswer.Refused(parts.eligibility().occupied(request.backup(), holder));
    }
}
