package io.parix.backup.engine.intake;

import io.parix.backup.BackupEvent;
import io.parix.backup.BackupId;
import io.parix.backup.Check;
import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseProfile;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.InvalidRequestException;
import io.parix.backup.Printable;
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
import io.parix.backup.spi.catalog.Wake;
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
        Optional<JobRecord> earlier = earlier(request);
        if (earlier.isPresent()) {
            return existing(request, earlier.get());
        }
        EligibilityCheck.Answer answer = parts.eligibility().check(request.backup(), Optional.empty());
        Report report = gate.and(answer.report());
        if (!report.passed() || !(answer.backup() instanceof BackupJob.Completed backup)) {
            // What holds the slot may be the job of this very request, which a repetition of it was quicker to ask for.
            return earlier(request)
                    .map(row -> existing(request, row))
                    .orElseGet(() -> new RestoreAnswer.Refused(report));
        }
        return insert(request, backup, region(answer, backup));
    }

    @Override
    public Optional<Restore> find(RestoreId restore) {
        return parts.catalog()
                .find(restore.value())
                .filter(row -> row.kind() == JobKind.RESTORE)
                .map(RestoreRow::view);
    }

    private Optional<JobRecord> earlier(RestoreRequest request) {
        DatabaseId database = parts.eligibility().database(request.backup());
        return request.key().flatMap(key -> parts.catalog().keyed(database, JobKind.RESTORE, key));
    }

    /** One key is one restore of one backup: who asks for another one by it is not told that it is under way. */
    private static RestoreAnswer existing(RestoreRequest request, JobRecord row) {
        Restore restore = RestoreRow.view(row);
        if (!restore.backup().equals(request.backup())) {
            throw InvalidRequestException.of(
                    "idempotency key",
                    Printable.quote(request.key().orElse("")),
                    "it made restore " + restore.id() + " of backup " + restore.backup()
                            + "; give another key for backup " + request.backup());
        }
        return new RestoreAnswer.Accepted(restore);
    }

    /** The name and the permission, before anything else is looked at (spec F1). */
    private Report gate(RestoreRequest request) {
        DatabaseId database = parts.eligibility().database(request.backup());
        List<Check> checks = new ArrayList<>();
        checks.add(Eligibility.confirmation(
                request.confirmedName(), parts.eligibility().look(database)));
        if (!parts.allows(request.actor(), AccessPolicy.Action.REQUEST_RESTORE, database)) {
            checks.add(Eligibility.notPermitted());
        }
        return new Report(checks);
    }

    /** Where the files will be put back: where the database runs now, or ran when it is gone. */
    private static String region(EligibilityCheck.Answer answer, BackupJob.Completed backup) {
        return answer.profile()
                .map(DatabaseProfile::region)
                .or(() -> Optional.ofNullable(backup.captured().profile().region()))
                .orElseThrow(() -> new FailedException(
                        ErrorCode.INTERNAL,
                        "Backup " + backup.header().backup() + " is eligible though no region was captured."));
    }

    private RestoreAnswer insert(RestoreRequest request, BackupJob.Completed backup, String region) {
        Instant now = parts.catalog().now();
        RestoreId id = new RestoreId(parts.ids().next("r", now));
        DatabaseId database = backup.header().database();
        RestoreHeader header = new RestoreHeader(
                id, database, request.backup(), backup.contents().manifest().sha256(), request.actor(), now);
        JobRecord row = RestoreRow.first(new RestoreJob.Queued(header), region);
        BackupEvent event = new BackupEvent(
                id + "-1-requested", BackupEvent.Kind.RESTORE_REQUESTED, database, id.value(), now, null);
        Inserted inserted = parts.catalog().insert(new NewJob(row, request.idempotencyKey(), event));
        if (inserted instanceof Inserted.Created created) {
            parts.dispatcher().wake(Wake.of(created.row(), now));
            return new RestoreAnswer.Accepted(RestoreRow.view(created.row()));
        }
        if (inserted instanceof Inserted.Existing existing) {
            return existing(request, existing.row());
        }
        // Somebody took the slot in between, and may have given it back by now; the report says who.
        Workflow holder = ((Inserted.Occupied) inserted).by();
        return new RestoreAnswer.Refused(parts.eligibility().occupied(request.backup(), holder));
    }
}
