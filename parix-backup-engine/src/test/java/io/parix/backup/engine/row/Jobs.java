package io.parix.backup.engine.row;

import io.parix.backup.Actor;
import io.parix.backup.BackupId;
import io.parix.backup.ByteSize;
import io.parix.backup.CapturedProfile;
import io.parix.backup.Check;
import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.ErrorCode;
import io.parix.backup.Failure;
import io.parix.backup.Hold;
import io.parix.backup.Ownership;
import io.parix.backup.ReplicaFacts;
import io.parix.backup.ReplicaSnapshot;
import io.parix.backup.Report;
import io.parix.backup.RestoreId;
import io.parix.backup.Trigger;
import io.parix.backup.Verification;
import io.parix.backup.VerificationLevel;
import io.parix.backup.core.job.BackupHeader;
import io.parix.backup.core.job.BackupJob;
import io.parix.backup.core.job.BackupRun;
import io.parix.backup.core.job.BackupStep;
import io.parix.backup.core.job.Captured;
import io.parix.backup.core.job.Contents;
import io.parix.backup.core.job.ExportTotals;
import io.parix.backup.core.job.ImageVolumes;
import io.parix.backup.core.job.Intent;
import io.parix.backup.core.job.ManifestBytes;
import io.parix.backup.core.job.ManifestReference;
import io.parix.backup.core.job.RestoreHeader;
import io.parix.backup.core.job.RestoreJob;
import io.parix.backup.core.job.RestoreRun;
import io.parix.backup.core.job.RestoreStep;
import io.parix.backup.core.job.Snapshots;
import io.parix.backup.core.job.Standing;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One job in each state, every part filled. */
final class Jobs {
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456Z");
    static final Instant SINCE = Instant.parse("2026-03-01T12:00:07Z");
    private static final Instant LATER = NOON.plusSeconds(60);
    private static final String DIGEST = "ab".repeat(32);
    private static final Report WARNED = new Report(
            List.of(new Check("K3", "view-behind", Check.Outcome.WARN, "7", "6", "Replica 1 is \"behind\" – ä.")));
    private static final BackupRun RUN =
            new BackupRun(2, 3, 7, NOON, new Intent(List.of("db/segments/b1/", "images/b1-1")));
    private static final BackupRun WITH_SNAPSHOTS = new BackupRun(
            1,
            3,
            7,
            NOON,
            new Intent(List.of("images/b1-1", "snapshots/parix-b1-1-0", "snapshots/parix-b1-1-1")),
            new Snapshots(List.of(
                    ReplicaSnapshot.planned(0, "vol-0", "parix-b1-1-0"),
                    new ReplicaSnapshot(
                            1, "vol-1", "parix-b1-1-1", ReplicaSnapshot.State.FAILED, 43, "Lost – ä.", "note"))));
    private static final RestoreRun RESTORE_RUN = new RestoreRun(7, NOON, DatabaseStatus.ACTIVE);
    private static final Captured CAPTURED = new Captured(
            new CapturedProfile(
                    "eu-central-1",
                    "aws",
                    1,
                    4,
                    ByteSize.gibibytes(16),
                    "ssd",
                    ByteSize.gibibytes(100),
                    "private",
                    false,
                    null),
            NOON);
    private static final ManifestBytes MANIFEST = new ManifestBytes("{\"v\":1}".getBytes(StandardCharsets.UTF_8));
    private static final Contents CONTENTS = new Contents(
            new ManifestReference("db/backups/b1/manifest.json", DIGEST, MANIFEST.size()),
            new ExportTotals(ByteSize.gibibytes(3), ByteSize.mebibytes(200), ByteSize.mebibytes(10)),
            List.of(new ReplicaFacts(0, 1, "42", "0.17.8", 960, ByteSize.gibibytes(3))),
            WARNED);
    private static final Failure FAILURE = new Failure(ErrorCode.PROVIDER_FAILED, "The store is gone.", WARNED, LATER);

    private Jobs() {}

    static BackupJob backup(BackupStep step) {
        BackupHeader header = new BackupHeader(
                new BackupId("b1"),
                new DatabaseId("db"),
                new Actor("ada"),
                Trigger.MANUAL,
                NOON,
                "local:prefix?root=%2Fbackups",
                "monday");
        return switch (step) {
            case QUEUED -> new BackupJob.Queued(header);
            case SNAPSHOTTING -> new BackupJob.Snapshotting(header, WITH_SNAPSHOTS);
            case CAPTURING -> new BackupJob.Capturing(header, RUN);
            case EXPORTING -> new BackupJob.Exporting(header, RUN, CAPTURED, null);
            case COMMITTING -> new BackupJob.Committing(header, RUN, CAPTURED, CONTENTS, MANIFEST);
            case COMPLETING -> new BackupJob.Completing(header, RUN, CAPTURED, CONTENTS);
            case COMPLETED ->
                new BackupJob.Completed(
                        header,
                        RUN,
                        CAPTURED,
                        CONTENTS,
                        LATER,
                        new Verification(VerificationLevel.READ_BACK, LATER, WARNED),
                        new Standing(
                                Ownership.FOREIGN, new Hold(Hold.Reason.REBUILT, new Actor("bea"), LATER), null, null));
            case EXPIRING -> new BackupJob.Expiring((BackupJob.Completed) backup(BackupStep.COMPLETED), LATER);
            case DISMISSED -> new BackupJob.Dismissed(header, FAILURE);
            case UNSWEPT -> new BackupJob.Unswept(header, RUN, FAILURE);
            case SWEPT -> new BackupJob.Swept(header, RUN, FAILURE);
        };
    }

    /** One whose images are read from volumes that are made of its snapshots. */
    static BackupJob.Snapshotting withImageVolumes() {
        BackupJob.Snapshotting plain = (BackupJob.Snapshotting) backup(BackupStep.SNAPSHOTTING);
        ImageVolumes images =
                new ImageVolumes(List.of(ImageVolumes.Each.of("parix-b1-1-0", Map.of("zone", "a", "type", "gp3"))));
        Snapshots snapshots = new Snapshots(plain.run().volumes().each(), images);
        Intent intent = plain.run().intent().andVolumes(snapshots.volumeNames());
        return new BackupJob.Snapshotting(plain.header(), new BackupRun(1, 3, 7, NOON, intent, snapshots));
    }

    static RestoreJob restore(RestoreStep step) {
        RestoreHeader header = new RestoreHeader(
                new RestoreId("r1"), new DatabaseId("db"), new BackupId("b1"), DIGEST, new Actor("ada"), NOON);
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
                new RestoreJob.NeedsOperator(header, RESTORE_RUN, RestoreStep.OPENING, List.of(FAILURE));
        };
    }
}
