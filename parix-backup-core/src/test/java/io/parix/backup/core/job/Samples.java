package io.parix.backup.core.job;

import io.parix.backup.Actor;
import io.parix.backup.BackupId;
import io.parix.backup.ByteSize;
import io.parix.backup.CapturedProfile;
import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.ErrorCode;
import io.parix.backup.Failure;
import io.parix.backup.ReplicaFacts;
import io.parix.backup.ReplicaSnapshot;
import io.parix.backup.Report;
import io.parix.backup.RestoreId;
import io.parix.backup.Trigger;
import io.parix.backup.Verification;
import io.parix.backup.VerificationLevel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** One job in each state. */
final class Samples {
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    static final Instant LATER = NOON.plusSeconds(60);
    static final String DIGEST = "ab".repeat(32);
    static final Intent INTENT = new Intent(List.of("db/segments/b1/"));
    static final Intent MORE = new Intent(List.of("db/segments/b1/", "snapshot-b1-2-0"));
    static final BackupRun RUN = new BackupRun(1, 3, 7, NOON, INTENT);
    static final Snapshots PLANNED = new Snapshots(
            List.of(ReplicaSnapshot.planned(1, "vol-1", "s-1"), ReplicaSnapshot.planned(0, "vol-0", "s-0")));
    static final BackupRun SNAPSHOT_RUN = new BackupRun(1, 3, 7, NOON, INTENT.andSnapshots(PLANNED.names()), PLANNED);
    static final RestoreRun RESTORE_RUN = new RestoreRun(7, NOON, DatabaseStatus.ACTIVE);
    static final Captured CAPTURED = new Captured(CapturedProfile.NONE, NOON);
    static final ManifestBytes MANIFEST = new ManifestBytes("{\"v\":1}".getBytes(StandardCharsets.UTF_8));
    static final Contents CONTENTS = new Contents(
            new ManifestReference("db/backups/b1/manifest.json", DIGEST, MANIFEST.size()),
            new ExportTotals(ByteSize.gibibytes(3), ByteSize.mebibytes(200), ByteSize.mebibytes(10)),
            List.of(new ReplicaFacts(0, 1, "42", "0.17.8", 960, ByteSize.gibibytes(3))),
            Report.empty());
    static final Verification WRITTEN = new Verification(VerificationLevel.WRITTEN, LATER, Report.empty());
    static final Failure FAILURE = new Failure(ErrorCode.PROVIDER_FAILED, "The store is gone.", Report.empty(), LATER);
    static final Failure STUCK = new Failure(ErrorCode.HOST_FAILED, "The disk is gone.", Report.empty(), LATER);

    private Samples() {}

    static BackupHeader backupHeader(String id) {
        return new BackupHeader(
                new BackupId(id),
                new DatabaseId("db"),
                new Actor("ada"),
                Trigger.MANUAL,
                NOON,
                "local{root=/backups}/prefix",
                null);
    }

    static RestoreHeader restoreHeader(String id) {
        return new RestoreHeader(
                new RestoreId(id), new DatabaseId("db"), new BackupId("b1"), DIGEST, new Actor("ada"), NOON);
    }

    static BackupJob backup(BackupStep step) {
        BackupHeader header = backupHeader("b1");
        return switch (step) {
            case QUEUED -> new BackupJob.Queued(header);
            case SNAPSHOTTING -> new BackupJob.Snapshotting(header, SNAPSHOT_RUN);
            case CAPTURING -> new BackupJob.Capturing(header, RUN);
            case EXPORTING -> new BackupJob.Exporting(header, RUN, CAPTURED, null);
            case COMMITTING -> new BackupJob.Committing(header, RUN, CAPTURED, CONTENTS, MANIFEST);
            case COMPLETING -> new BackupJob.Completing(header, RUN, CAPTURED, CONTENTS);
            case COMPLETED ->
                new BackupJob.Completed(header, RUN, CAPTURED, CONTENTS, LATER, WRITTEN, Standing.MADE_HERE);
            case EXPIRING -> ((BackupJob.Completed) backup(BackupStep.COMPLETED)).expiring(LATER);
            case DISMISSED -> new BackupJob.Dismissed(header, FAILURE);
            case UNSWEPT -> new BackupJob.Unswept(header, RUN, FAILURE);
            case SWEPT -> new BackupJob.Swept(header, RUN, FAILURE);
        };
    }

    static RestoreJob restore(RestoreStep step) {
        RestoreHeader header = restoreHeader("r1");
        return switch (step) {
            case QUEUED -> new RestoreJob.Queued(header);
            case MOVING -> new RestoreJob.Moving(header, RESTORE_RUN);
            case STAGING -> new RestoreJob.Staging(header, RESTORE_RUN);
            case FENCING_OLD -> new RestoreJob.FencingOld(header, RESTORE_RUN);
            case SWAPPING -> new RestoreJob.Swapping(header, RESTORE_RUN);
            case STARTING -> new RestoreJob.Starting(header, RESTORE_RUN);
            case CONFIRMING -> new RestoreJob.Confirming(header, RESTORE_RUN);
            case OPENING -> new RestoreJob.Opening(header, RESTORE_RUN);
            case RELEASING -> new RestoreJob.Releasing(header, RESTORE_RUN);
            case COMPLETED -> new RestoreJob.Completed(header, RESTORE_RUN, LATER);
            case DISMISSED -> new RestoreJob.Dismissed(header, FAILURE);
            case UNDO_FENCING -> new RestoreJob.UndoFencing(header, RESTORE_RUN, FAILURE);
            case UNDO_SWAPPING -> new RestoreJob.UndoSwapping(header, RESTORE_RUN, FAILURE);
            case UNDO_MOVING -> new RestoreJob.UndoMoving(header, RESTORE_RUN, FAILURE);
            case UNDONE -> new RestoreJob.Undone(header, RESTORE_RUN, FAILURE);
            case NEEDS_OPERATOR ->
                new RestoreJob.NeedsOperator(header, RESTORE_RUN, RestoreStep.OPENING, List.of(STUCK));
        };
    }
}
