package io.parix.backup.benchmarks;

import io.parix.backup.BackupEvent;
import io.parix.backup.Failure;
import io.parix.backup.JobStatus;
import io.parix.backup.core.job.BackupStep;
import io.parix.backup.engine.work.JobSteps;
import io.parix.backup.engine.work.Lease;
import io.parix.backup.engine.work.Phase;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.JobWrite;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A backup's way through its durable steps, with every write of it and nothing in between. */
final class JobHops implements JobSteps {
    private static final Map<BackupStep, BackupStep> WAY = Map.of(
            BackupStep.QUEUED, BackupStep.CAPTURING,
            BackupStep.CAPTURING, BackupStep.EXPORTING,
            BackupStep.EXPORTING, BackupStep.COMMITTING,
            BackupStep.COMMITTING, BackupStep.COMPLETING,
            BackupStep.COMPLETING, BackupStep.COMPLETED);

    private final String payload;
    private final CountDownLatch done;

    /**
     * Steps that write the payload of a real backup.
     *
     * @param payload that of a completed one, the longest of all
     * @param done is told of every job that has ended
     */
    JobHops(String payload, CountDownLatch done) {
        this.payload = payload;
        this.done = done;
    }

    @Override
    public JobKind kind() {
        return JobKind.BACKUP;
    }

    @Override
    public void run(Lease lease) {
        JobRecord row = lease.row();
        BackupStep next = WAY.get(BackupStep.of(row.step()));
        if (next == null) {
            throw new IllegalStateException("Nothing is left to do in step " + row.step());
        }
        boolean last = next == BackupStep.COMPLETED;
        JobRecord moved = row.moved(
                last ? JobStatus.COMPLETED : JobStatus.RUNNING, next.code(), payload, last ? null : lease.now());
        lease.write(new JobWrite(moved, events(lease, next), segments(row, next)));
        if (last) {
            done.countDown();
        }
    }

    private static List<BackupEvent> events(Lease lease, BackupStep next) {
        return switch (next) {
            case CAPTURING -> List.of(event(lease, BackupEvent.Kind.BACKUP_STARTED));
            case COMPLETED -> List.of(event(lease, BackupEvent.Kind.BACKUP_COMPLETED));
            case QUEUED, SNAPSHOTTING, EXPORTING, COMMITTING, COMPLETING, EXPIRING, DISMISSED, UNSWEPT, SWEPT ->
                List.of();
        };
    }

    private static BackupEvent event(Lease lease, BackupEvent.Kind kind) {
        JobRecord row = lease.row();
        String id = row.id() + "-" + (row.version() + 1) + "-" + kind.code();
        return new BackupEvent(id, kind, row.database(), row.id(), lease.now(), null);
    }

    private static Map<String, Long> segments(JobRecord row, BackupStep next) {
        return next == BackupStep.COMMITTING ? Map.of("segments/" + row.id() + "/00000000.seg", 32L << 20) : Map.of();
    }

    @Override
    public Phase phase(JobRecord row) {
        return new Phase(BackupStep.of(row.step()), row.requestedAt(), null);
    }

    @Override
    public void fail(Lease lease, Failure failure) {
        throw new IllegalStateException("Cannot measure: job " + lease.row().id() + " failed: " + failure.message());
    }

    @Override
    public void overtaken(Lease lost) {
        throw new IllegalStateException("Cannot measure: job " + lost.row().id() + " was taken over");
    }
}
