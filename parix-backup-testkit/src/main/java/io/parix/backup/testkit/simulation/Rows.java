package io.parix.backup.testkit.simulation;

import io.parix.backup.Failure;
import io.parix.backup.JobStatus;
import io.parix.backup.engine.row.BackupRow;
import io.parix.backup.engine.row.RestoreRow;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.StepProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether jobs say how far they are, what they wait for and why they failed (spec B2, B3, B8). */
final class Rows implements Witness {
    /** Longer than what passes between a look at the clock and a write, of which nothing is delayed; shorter than any wait. */
    private static final Duration MOMENT = Duration.ofMillis(100);

    private final World world;
    private final Map<Thread, Instant> times = new HashMap<>();

    Rows(World world) {
        this.world = world;
    }

    @Override
    public void begins() {
        times.remove(Thread.currentThread());
    }

    @Override
    public void saw(PortCall call, @Nullable Object answer) {
        if (answer instanceof Instant now && call.name().equals("Catalog.now")) {
            times.put(Thread.currentThread(), now);
        } else if (call.name().equals("Catalog.heartbeat")) {
            progressed(call.argument(JobRecord.class), call.argument(StepProgress.class));
        } else if (call.name().equals("Catalog.write") && answer instanceof JobRecord row) {
            wrote(row);
        }
    }

    private void wrote(JobRecord row) {
        progressed(row, row.progress());
        if (row.status() == JobStatus.FAILED) {
            Failure failure = failure(row);
            require(
                    failure != null && !failure.message().isBlank(),
                    Invariant.FAILURES_SAY_WHY,
                    row.id() + " is " + row.step() + ": " + failure);
        }
        // By the time at which it was decided: the clocks may have been set meanwhile.
        Instant time =
                times.getOrDefault(Thread.currentThread(), world.catalog().now().plus(Past.CLOCKS_DIFFER));
        boolean waits = row.kind() != JobKind.CLEAN_UP
                && row.claimed().isEmpty()
                && row.due().filter(at -> at.isAfter(time.plus(MOMENT))).isPresent();
        String waiting = row.progress().waiting();
        require(
                !waits || row.status().ended() || (waiting != null && !waiting.isBlank()),
                Invariant.WAITS_SAY_FOR_WHAT,
                row.id() + " is " + row.step() + " until " + row.due());
    }

    private void progressed(JobRecord row, StepProgress progress) {
        JobRecord before = world.watch().row(row.id());
        boolean begun = row.kind() != JobKind.BACKUP || row.status() != JobStatus.RUNNING || row.attempt() > 0;
        boolean within = progress.expected() == 0 || progress.done() <= progress.expected();
        boolean forward = before == null || before.attempt() <= row.attempt();
        require(
                begun && within && forward,
                Invariant.PROGRESS_IS_TOLD,
                row.id() + " is " + row.step() + " in attempt " + row.attempt() + ": " + progress);
    }

    private static @Nullable Failure failure(JobRecord row) {
        return switch (row.kind()) {
            case BACKUP -> BackupRow.view(row).failure();
            case RESTORE -> RestoreRow.view(row).failure();
            case CLEAN_UP -> null;
        };
    }

    private void require(boolean holds, Invariant invariant, String detail) {
        if (!holds) {
            world.watch().violated(invariant, detail);
        }
    }
}
