package io.parix.backup.testkit.simulation;

import io.parix.backup.Backup;
import io.parix.backup.CancelAnswer;
import io.parix.backup.ErrorCode;
import io.parix.backup.Failure;
import io.parix.backup.JobStatus;
import io.parix.backup.core.job.BackupStep;
import io.parix.backup.engine.row.BackupRow;
import io.parix.backup.spi.catalog.Inserted;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether what users are answered is so (spec B5, F1). */
final class Answers implements Witness {
    private final World world;
    private final Set<Thread> misnaming = new HashSet<>();

    Answers(World world) {
        this.world = world;
    }

    @Override
    public void begins() {
        misnaming.remove(Thread.currentThread());
    }

    /** Whoever asks for a restore just now has not named the database; called by the thread that asks. */
    void misnames() {
        misnaming.add(Thread.currentThread());
    }

    @Override
    public void saw(PortCall call, @Nullable Object answer) {
        if (answer instanceof Inserted.Created created
                && created.row().kind() == JobKind.RESTORE
                && misnaming.contains(Thread.currentThread())) {
            world.watch().violated(Invariant.CONFIRMED_BY_NAME, created.row().id() + " replaces what nobody named");
        }
    }

    /** A cancelled backup has failed as cancelled, and one for which that came too late goes on to its end. */
    void cancelled(CancelAnswer answer) {
        Backup backup = answer.backup();
        Optional<JobRecord> row = world.catalog().find(backup.id().value());
        boolean so = row.map(there -> isSo(answer, there)).orElse(true);
        world.coverage().meet("answer cancel " + answer.getClass().getSimpleName());
        if (!so) {
            world.watch().violated(Invariant.CANCELS_AS_ANSWERED, answer + " of " + row);
        }
    }

    private static boolean isSo(CancelAnswer answer, JobRecord row) {
        if (answer instanceof CancelAnswer.Cancelled) {
            Failure failure = BackupRow.view(row).failure();
            return failure != null && failure.code() == ErrorCode.CANCELLED;
        }
        boolean decided = BackupStep.of(row.step()).afterFailure().isEmpty();
        return decided && (answer instanceof CancelAnswer.AlreadyEnded || row.status() != JobStatus.FAILED);
    }
}
