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
        require(
                world.host().captured().isEmpty(),
                "every image is released",
                world.host().captured().toString());
    }

    private void require(boolean holds, String invariant, String detail) {
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
                "every slot is given back",
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
                "every job ends",
                row.id() + " is " + row.step() + " " + row.progress().waiting());
        require(
                row.claimed().isEmpty(),
                "nobody works on what has ended",
                row.id() + " is " + row.step() + " and claimed by " + row.claimed());
    }

    private void told(JobRecord row, BackupEvent.Kind kind) {
        require(watch.hasHeard(kind, row.id()), "every end is told", row.id() + " is " + row.step());
    }

    private void whole(JobRecord row) {
        told(row, BackupEvent.Kind.BACKUP_COMPLETED);
        watch.truth().kept(row.id()).filter(watch.truth()::whole).ifPresent(kept -> {
            try {
                Audit.Found found = watch.audit().of(kept.database(), new BackupId(kept.id()));
                require(Truth.same(kept.files(), found.files()), "what is kept stays what it was", kept.id());
            } catch (RuntimeException e) {
                watch.violated("what is kept can be restored", kept.id() + ": " + e);
            }
        });
    }

    private void nothingUnowned(DatabaseId database, List<JobRecord> rows) {
        for (JobRecord row : rows) {
            require(
                    !row.step().equals(BackupStep.UNSWEPT.code()) && !row.step().equals(BackupStep.EXPIRING.code()),
                    "what goes is gone in the end",
                    row.id() + " is " + row.step() + ": " + row.progress().waiting());
        }
        Set<String> owned = watch.truth().kept(database).stream()
                .flatMap(kept -> kept.needed().stream())
                .collect(Collectors.toSet());
        String root = World.PREFIX.value() + "/" + database + "/";
        for (ObjectKey key : world.provider().place(World.PLACE).keys()) {
            // What arrived when nobody waited for it goes with its backup.
            boolean late = world.arrivedLate(key.value())
                    && rows.stream().anyMatch(row -> key.value().contains("/" + row.id() + "/"));
            require(
                    !key.value().startsWith(root) || owned.contains(key.value()) || late,
                    "nothing is left that no backup needs",
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
        for (String name : world.provider().volumes(World.PLACE).names()) {
            require(
                    completed.stream().anyMatch(backup -> SnapshotNames.isOf(backup, name))
                            || others.stream().anyMatch(backup -> SnapshotNames.isOf(backup, name)),
                    "no snapshot is left that no backup owns",
                    name);
        }
    }
}
