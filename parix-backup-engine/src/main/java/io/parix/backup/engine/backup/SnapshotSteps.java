package io.parix.backup.engine.backup;

import io.parix.backup.ErrorCode;
import io.parix.backup.Failure;
import io.parix.backup.core.job.BackupHeader;
import io.parix.backup.core.job.BackupJob;
import io.parix.backup.core.job.Snapshots;
import io.parix.backup.core.job.Snapshots.Until;
import io.parix.backup.engine.row.BackupRow;
import io.parix.backup.engine.snapshot.Materialization;
import io.parix.backup.engine.snapshot.Materialization.Made;
import io.parix.backup.engine.snapshot.SnapshotRemoval;
import io.parix.backup.engine.snapshot.SnapshotRemoval.Remains;
import io.parix.backup.engine.snapshot.SnapshotWatch;
import io.parix.backup.engine.snapshot.SnapshotWatch.Look;
import io.parix.backup.engine.snapshot.SnapshotWatch.Wait;
import io.parix.backup.engine.snapshot.SnapshotWatch.Watched;
import io.parix.backup.engine.work.Lease;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.JobWrite;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What the steps of a backup do about snapshots of volumes (spec C1). Where there are none, each does nothing. */
final class SnapshotSteps {
    private static final Duration JUST_PAST = Duration.ofMillis(1);

    private final BackupParts parts;
    private final SnapshotWatch watch;
    private final SnapshotRemoval removal;
    private final Materialization materialization;

    SnapshotSteps(BackupParts parts) {
        this.parts = parts;
        this.watch = new SnapshotWatch(
                parts.volumes(), parts.archives(), parts.settings().snapshots());
        this.removal = new SnapshotRemoval(parts.archives());
        this.materialization =
                new Materialization(parts.archives(), parts.settings().snapshots());
    }

    /** The snapshots that an attempt will ask for. */
    Snapshots plan(BackupHeader header, int attempt) {
        return watch.plan(header, attempt);
    }

    /** Asks for the snapshots, and goes on to the images once they may be asked for. */
    void run(Lease lease, BackupJob.Snapshotting job) {
        Until until = watch.beforeImages(job.run().volumes());
        Look look = watch.look(watched(lease, job, until), call(lease));
        if (look.awaits().isPresent()) {
            await(lease, job, job.observed(look.snapshots()), look.awaits().get());
        } else {
            write(lease, job.cut(look.snapshots()));
        }
    }

    /**
     * A place that gave no answer, however often it was asked, costs the snapshots and not the backup.
     *
     * @return whether the job went on
     */
    boolean goesOnWithout(Lease lease, BackupJob job, Failure failure) {
        if (job instanceof BackupJob.Snapshotting snapshotting
                && watch.goesOnWithout()
                && failure.code() == ErrorCode.PROVIDER_FAILED) {
            Snapshots there = snapshotting.run().volumes();
            Snapshots left = there.without(watch.beforeImages(there), failure.message());
            write(lease, snapshotting.cut(left));
            return true;
        }
        return false;
    }

    /** The volumes that the host shall read images from; asking again gives the same. */
    Made images(Lease lease, BackupJob.Running job) {
        return materialization.of(job, call(lease));
    }

    /**
     * Waits until each snapshot is usable or has failed, and those of other attempts are gone, and all
     * volumes that images were read from (spec C8, B3). A place that does not
     * let go of one in time keeps it for the clean-up of this backup, whose intent names it.
     *
     * @return the job as it is to be completed; empty when it waits
     */
    Optional<BackupJob.Completing> settled(Lease lease, BackupJob.Completing job) {
        Look look = job.run().volumes().isEmpty()
                ? new Look(Snapshots.NONE, Optional.empty())
                : watch.look(watched(lease, job, Until.USABLE), call(lease));
        BackupJob.Completing seen = job.observed(look.snapshots());
        if (look.awaits().isPresent()) {
            await(lease, job, seen, look.awaits().get());
            return Optional.empty();
        }
        Remains others = removal.others(job, lease.call(CallContext.Purpose.SWEEP));
        if ((others.underWay() || others.attached()) && !late(lease)) {
            await(lease, job, seen, new Wait(others.words().orElse(""), lookEvery()));
            return Optional.empty();
        }
        return Optional.of(seen);
    }

    /**
     * Removes all snapshots of a failed job.
     *
     * @return whether all are seen gone; else the job waits
     */
    boolean swept(Lease lease, BackupJob.Unswept job) {
        Remains remains = removal.all(job, lease.call(CallContext.Purpose.SWEEP));
        remains.words().ifPresent(words -> {
            Duration wait =
                    remains.underWay() ? lookEvery() : parts.settings().retry().sweepRetry();
            lease.write(JobWrite.of(lease.row().waiting(lease.lookAgainAfter(wait), words, 0)));
        });
        return remains.byName().isEmpty();
    }

    /** Asks once for the deletion of what a worker that was overtaken may have asked for. */
    void askBehind(BackupJob.Begun now, CallContext call) {
        var unused = now instanceof BackupJob.Failed ? removal.all(now, call) : removal.others(now, call);
    }

    /** The same where the backup has been removed meanwhile, and its row with it. */
    void askAfterRemoval(BackupJob.Begun last, CallContext call) {
        var unused = removal.all(last, call);
    }

    private Watched watched(Lease lease, BackupJob.Running job, Until until) {
        // Once the manifest is decided a job can only complete, whatever the settings say by now.
        boolean required = job instanceof BackupJob.Revocable && !watch.goesOnWithout();
        return new Watched(job.header(), job.run().volumes(), until, late(lease), required);
    }

    private static CallContext call(Lease lease) {
        return lease.call(CallContext.Purpose.SNAPSHOT);
    }

    private boolean late(Lease lease) {
        return !end(lease).isAfter(lease.now());
    }

    private Instant end(Lease lease) {
        return BackupRow.since(lease.row()).plus(parts.settings().snapshots().snapshotDeadline());
    }

    private Duration lookEvery() {
        return parts.settings().snapshots().lookEvery();
    }

    private void await(Lease lease, BackupJob.Running job, BackupJob.Running seen, Wait wait) {
        Duration left = Duration.between(lease.now(), end(lease)).plus(JUST_PAST);
        Instant at = lease.lookAgainAfter(left.compareTo(wait.lookAgain()) < 0 ? left : wait.lookAgain());
        JobRecord row = seen.equals(job) ? lease.row() : BackupRow.next(lease.row(), seen, lease.now(), at);
        lease.write(JobWrite.of(row.waiting(at, wait.reason(), 0)));
    }

    private static void write(Lease lease, BackupJob next) {
        lease.write(JobWrite.of(BackupRow.next(lease.row(), next, lease.now(), lease.now())));
    }
}
