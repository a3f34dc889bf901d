package io.parix.backup.testkit.simulation;

import io.parix.backup.BackupEvent;
import io.parix.backup.BackupId;
import io.parix.backup.DatabaseId;
import io.parix.backup.core.job.BackupStep;
import io.parix.backup.core.job.RestoreStep;
import io.parix.backup.engine.snapshot.SnapshotNames;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.catalog.HistoryQuery;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The end of a run: nothing goes wrong any more, and when all is quiet, all must be as it should. */
final class Settling {
    private static final int HOURS = 34;

    private final Run run;
    private final World world;
    private final Watch watch;

    Settling(Run run) {
        this.run = run;
        this.world = run.world();
        this.watch = world.watch();
    }

    void settle() {
        run.calm();
        for (int i = 0; i < HOURS && run.goesOn(); i++) {
            for (int minutes : new int[] {2, 18, 40}) {
                world.pass(Duration.ofMinutes(minutes));
                run.replaceTheDead();
                run.quiet();
            }
        }
        for (DatabaseId database : world.databases()) {
            look(database);
        }
        List<String> held = world.host().captured().stream()
                .filter(attempt -> !watch.capturedLate(attempt))
                .toList();
        require(held.isEmpty(), Invariant.IMAGES_ARE_RELEASED, held.toString());
        require(
                world.volumes().isEmpty(),
                Invariant.NO_VOLUME_LEFT,
                world.volumes().toString());
    }

    private void require(boolean holds, Invariant invariant, String detail) {
        if (!holds) {
            watch.violated(invariant, detail);
        }
    }

    private void look(DatabaseId database) {
        List<JobRecord> backups = rows(database, JobKind.BACKUP);
        List<JobRecord> restores = rows(database, JobKind.RESTORE);
        backups.forEach(this::ended);
        restores.forEach(this::ended);
        require(
                world.catalog().occupant(database).isEmpty(),
                Invariant.SLOTS_ARE_GIVEN_BACK,
                database + ": " + world.catalog().occupant(database));
        backups.stream()
                .filter(row -> row.step().equals(BackupStep.COMPLETED.code()))
                .forEach(this::whole);
        restores.stream()
                .filter(row -> row.step().equals(RestoreStep.COMPLETED.code()))
                .forEach(row -> told(row, BackupEvent.Kind.RESTORE_COMPLETED));
        // Where the place has damaged a manifest, clean-up stops by itself and says so (spec H11).
        if (!watch.truth().touched(database)) {
            nothingUnowned(database, backups);
        }
    }

    private List<JobRecord> rows(DatabaseId database, JobKind kind) {
        return world.catalog().history(HistoryQuery.newest(database, kind, 1_000));
    }

    private void ended(JobRecord row) {
        require(
                row.status().ended(),
                Invariant.JOBS_END,
                row.id() + " is " + row.step() + " " + row.progress().waiting());
        require(
                row.claimed().isEmpty(),
                Invariant.ENDED_IS_FREE,
                row.id() + " is " + row.step() + " and claimed by " + row.claimed());
    }

    private void told(JobRecord row, BackupEvent.Kind kind) {
        require(watch.hasHeard(kind, row.id()), Invariant.ENDS_ARE_TOLD, row.id() + " is " + row.step());
    }

    private void whole(JobRecord row) {
        told(row, BackupEvent.Kind.BACKUP_COMPLETED);
        watch.truth().kept(row.id()).filter(watch.truth()::whole).ifPresent(kept -> {
            try {
                Audit.Found found = watch.audit().of(kept.database(), new BackupId(kept.id()));
                require(Truth.same(kept.files(), found.files()), Invariant.KEPT_STAYS, kept.id());
            } catch (RuntimeException e) {
                watch.violated(Invariant.KEPT_CAN_BE_RESTORED, kept.id() + ": " + e);
            }
        });
    }

    private void nothingUnowned(DatabaseId database, List<JobRecord> rows) {
        for (JobRecord row : rows) {
            require(
                    !row.step().equals(BackupStep.UNSWEPT.code()) && !row.step().equals(BackupStep.EXPIRING.code()),
                    Invariant.GOES_IN_THE_END,
                    row.id() + " is " + row.step() + ": " + row.progress().waiting());
        }
        Set<String> owned = watch.truth().kept(database).stream()
                .flatMap(kept -> kept.needed().stream())
                .collect(Collectors.toSet());
        String root = World.PREFIX.value() + "/" + database + "/";
        for (ObjectKey key : world.keys()) {
            boolean late = world.goesWithItsBackup(key.value())
                    && rows.stream().anyMatch(row -> key.value().contains("/" + row.id() + "/"));
            require(
                    !key.value().startsWith(root) || owned.contains(key.value()) || late,
                    Invariant.NOTHING_UNOWNED,
                    key.value());
        }
        noSnapshots(database, rows);
    }

    private void noSnapshots(DatabaseId database, List<JobRecord> rows) {
        List<BackupId> completed = rows.stream()
                .filter(row -> row.step().equals(BackupStep.COMPLETED.code()))
                .map(row -> new BackupId(row.id()))
                .toList();
        List<BackupId> others = world.databases().stream()
                .filter(each -> !each.equals(database))
                .flatMap(each -> rows(each, JobKind.BACKUP).stream())
                .map(row -> new BackupId(row.id()))
                .toList();
        for (String name : world.snapshots()) {
            require(
                    completed.stream().anyMatch(backup -> SnapshotNames.isOf(backup, name))
                            || others.stream().anyMatch(backup -> SnapshotNames.isOf(backup, name)),
                    Invariant.NO_SNAPSHOT_UNOWNED,
                    name);
        }
    }
}
