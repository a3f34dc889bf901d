package io.parix.backup.engine.row;

import io.parix.backup.BackupId;
import io.parix.backup.Failure;
import io.parix.backup.Verification;
import io.parix.backup.core.job.BackupHeader;
import io.parix.backup.core.job.BackupJob;
import io.parix.backup.core.job.BackupRun;
import io.parix.backup.core.job.BackupStep;
import io.parix.backup.core.job.Captured;
import io.parix.backup.core.job.Contents;
import io.parix.backup.core.job.ManifestBytes;
import io.parix.backup.core.job.Standing;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * All that any state of a backup job may carry; which parts are there follows from the step. Version 1.
 *
 * <p>{@code since} is when the job came to its step, in its attempt: a phase's deadline counts from there.
 */
record BackupPayload(
        int version,
        Instant since,
        BackupHeader header,
        @Nullable BackupRun run,
        @Nullable Captured captured,
        @Nullable Contents contents,
        @Nullable ManifestBytes manifest,
        @Nullable Instant completedAt,
        @Nullable Verification verification,
        @Nullable Standing standing,
        @Nullable Failure failure,
        @Nullable BackupId base,
        @Nullable Instant expiringSince) {

    static BackupPayload of(BackupJob job, Instant since) {
        BackupRun run = job instanceof BackupJob.Begun begun ? begun.run() : null;
        Failure failure = job instanceof BackupJob.Failed failed ? failed.failure() : null;
        BackupPayload plain =
                new BackupPayload(1, since, job.header(), run, null, null, null, null, null, null, failure, null, null);
        if (job instanceof BackupJob.Exporting e) {
            return plain.holding(e.captured(), null, null).pinning(e.base());
        }
        if (job instanceof BackupJob.Committing c) {
            return plain.holding(c.captured(), c.contents(), c.manifest());
        }
        if (job instanceof BackupJob.Completing c) {
            return plain.holding(c.captured(), c.contents(), null);
        }
        if (job instanceof BackupJob.Expiring e) {
            return plain.holding(e.backup().captured(), e.backup().contents(), null)
                    .completed(e.backup())
                    .expiring(e.since());
        }
        return job instanceof BackupJob.Completed c
                ? plain.holding(c.captured(), c.contents(), null).completed(c)
                : plain;
    }

    private BackupPayload holding(Captured images, @Nullable Contents held, @Nullable ManifestBytes bytes) {
        return new BackupPayload(
                version, since, header, run, images, held, bytes, null, null, null, failure, null, null);
    }

    private BackupPayload completed(BackupJob.Completed c) {
        return new BackupPayload(
                version,
                since,
                header,
                run,
                captured,
                contents,
                null,
                c.completedAt(),
                c.verification(),
                c.standing(),
                null,
                null,
                null);
    }

    private BackupPayload pinning(@Nullable BackupId pinned) {
        return new BackupPayload(
                version, since, header, run, captured, contents, manifest, null, null, null, failure, pinned, null);
    }

    private BackupPayload expiring(Instant at) {
        return new BackupPayload(
                version,
                since,
                header,
                run,
                captured,
                contents,
                null,
                completedAt,
                verification,
                standing,
                null,
                null,
                at);
    }

    BackupJob job(BackupStep step) {
        return switch (step) {
            case QUEUED -> new BackupJob.Queued(header);
            case SNAPSHOTTING -> new BackupJob.Snapshotting(header, there("run", run));
            case CAPTURING -> new BackupJob.Capturing(header, there("run", run));
            case EXPORTING -> new BackupJob.Exporting(header, there("run", run), there("captured", captured), base);
            case COMMITTING ->
                new BackupJob.Committing(
                        header,
                        there("run", run),
                        there("captured", captured),
                        there("contents", contents),
                        there("manifest", manifest));
            case COMPLETING ->
                new BackupJob.Completing(
                        header, there("run", run), there("captured", captured), there("contents", contents));
            case COMPLETED -> completed();
            case EXPIRING -> new BackupJob.Expiring(completed(), there("expiringSince", expiringSince));
            case DISMISSED -> new BackupJob.Dismissed(header, there("failure", failure));
            case UNSWEPT -> new BackupJob.Unswept(header, there("run", run), there("failure", failure));
            case SWEPT -> new BackupJob.Swept(header, there("run", run), there("failure", failure));
        };
    }

    private BackupJob.Completed completed() {
        return new BackupJob.Completed(
                header,
                there("run", run),
                there("captured", captured),
                there("contents", contents),
                there("completedAt", completedAt),
                there("verification", verification),
                there("standing", standing));
    }

    private <T> T there(String what, @Nullable T value) {
        return Payloads.there("job " + header.backup().value(), what, value);
    }
}
