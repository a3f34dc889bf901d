package io.parix.backup.testkit.simulation;

import io.parix.backup.BackupEvent;
import io.parix.backup.BackupId;
import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.RetentionPeriod;
import io.parix.backup.core.job.BackupJob;
import io.parix.backup.core.job.BackupStep;
import io.parix.backup.core.job.RestoreStep;
import io.parix.backup.engine.row.BackupRow;
import io.parix.backup.engine.row.ScheduleRow;
import io.parix.backup.engine.snapshot.SnapshotNames;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.catalog.HistoryQuery;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The end of a run: nothing goes wrong any more, and when all is quiet, all must be as it should. */
final class Settling {
    private static final int HOURS = 34;
    private static final Duration A_LITTLE = Duration.ofHours(1);

    /** As long as days are, and a spread, and what a look at it takes. */
    private static final Duration A_DAY = Duration.ofHours(28);

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
                .filter(attempt -> !watch.capturedByTheDead(attempt))
                .toList();
        require(held.isEmpty(), Invariant.IMAGES_ARE_RELEASED, held.toString());
        require(
                world.volumes().isEmpty(),
                Invariant.NO_VOLUME_LEFT,
                world.volumes().toString());
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
        Set<String> known = backups.stream().map(JobRecord::id).collect(Collectors.toSet());
        watch.truth()
                .kept(database)
                .forEach(
                        kept -> require(known.contains(kept.id()), Invariant.KEPT_IS_KNOWN, kept.id() + " has no row"));
        if (restores.isEmpty() || !restores.get(0).step().equals(RestoreStep.NEEDS_OPERATOR.code())) {
            serves(database);
        }
        goesOn(database);
        // Where the place has damaged a manifest, clean-up stops by itself and says so (spec H11).
        if (!watch.truth().hasLostManifests(database)) {
            nothingUnowned(database, backups);
            nothingOver(database, backups);
        }
    }

    private void serves(DatabaseId database) {
        if (world.host().look(database) instanceof DatabaseFacts.Live live) {
            boolean active = live.profile().status().equals(DatabaseStatus.ACTIVE);
            require(
                    active && world.host().running(database),
                    Invariant.SERVES_IN_THE_END,
                    database + " is " + live.profile().status()
                            + (world.host().running(database) ? ", and runs" : ", and stands"));
        }
    }

    /** It has a run before it, and not too far. */
    private void goesOn(DatabaseId database) {
        world.catalog().schedule(database).ifPresent(row -> {
            boolean waits = ScheduleRow.read(row).next() == null || world.isDeleted(database);
            Instant due = row.dueAt();
            boolean soon = due != null
                    && due.isAfter(world.now().minus(A_LITTLE))
                    && due.isBefore(world.now().plus(A_DAY));
            require(waits || soon, Invariant.SCHEDULES_GO_ON, database + " has its next run at " + due);
        });
    }

    /** What was over long before the end has gone, unless something else keeps it. */
    private void nothingOver(DatabaseId database, List<JobRecord> rows) {
        Instant longAgo = world.now().minus(A_DAY);
        RetentionPeriod period = watch.periods().setting().inForceAt(longAgo).period();
        List<Truth.Kept> kept = watch.truth().kept(database).stream()
                .sorted(Comparator.comparing(Truth.Kept::completedAt))
                .toList();
        for (int i = 0; i < kept.size(); i++) {
            Truth.Kept each = kept.get(i);
            boolean last = !world.isDeleted(database)
                    && kept.subList(i + 1, kept.size()).stream().allMatch(newer -> hasFailed(rows, newer));
            boolean over = period.isOver(each.completedAt(), longAgo);
            require(
                    last || !isToBeDeleted(rows, each, longAgo) || isHeld(rows, each),
                    Invariant.GOES_IN_THE_END,
                    each.id() + " was to be deleted");
            require(
                    last
                            || !over
                            || !watch.periods()
                                    .setting()
                                    .inForceAt(world.now())
                                    .period()
                                    .equals(period)
                            || isHeld(rows, each),
                    Invariant.GOES_IN_THE_END,
                    each.id() + " was completed at " + each.completedAt() + ", is kept for " + period.code());
        }
    }

    private static boolean isToBeDeleted(List<JobRecord> rows, Truth.Kept backup, Instant before) {
        return rows.stream()
                .filter(row -> row.id().equals(backup.id()))
                .flatMap(row -> BackupRow.view(row).toBeDeleted().stream())
                .anyMatch(asked -> asked.since().isBefore(before));
    }

    private static boolean isHeld(List<JobRecord> rows, Truth.Kept backup) {
        return rows.stream()
                        .filter(row -> row.id().equals(backup.id()))
                        .anyMatch(row -> BackupRow.read(row) instanceof BackupJob.Completed completed
                                && completed.standing().hold() != null)
                || hasFailed(rows, backup);
    }

    /** Whether the last look at a backup found something wrong: then the one before it is the last that can be restored (spec H7). */
    private static boolean hasFailed(List<JobRecord> rows, Truth.Kept backup) {
        return rows.stream()
                .filter(row -> row.id().equals(backup.id()))
                .anyMatch(row -> BackupRow.read(row) instanceof BackupJob.Completed completed
                        && !completed.verification().passed());
    }

    private List<JobRecord> rows(DatabaseId database, JobKind kind) {
        return world.catalog().history(HistoryQuery.newest(database, kind, 1_000));
    }

    /** How each step that a job may end in is told. */
    private static final Map<String, BackupEvent.Kind> TOLD = Map.of(
            "backup " + BackupStep.COMPLETED.code(), BackupEvent.Kind.BACKUP_COMPLETED,
            "backup " + BackupStep.SWEPT.code(), BackupEvent.Kind.BACKUP_FAILED,
            "restore " + RestoreStep.COMPLETED.code(), BackupEvent.Kind.RESTORE_COMPLETED,
            "restore " + RestoreStep.UNDONE.code(), BackupEvent.Kind.RESTORE_FAILED,
            "restore " + RestoreStep.NEEDS_OPERATOR.code(), BackupEvent.Kind.RESTORE_NEEDS_OPERATOR);

    private void ended(JobRecord row) {
        BackupEvent.Kind kind = TOLD.get(row.kind().code() + " " + row.step());
        require(
                kind == null || watch.hasHeard(kind, row.id()),
                Invariant.ENDS_ARE_TOLD,
                row.id() + " is " + row.step());
        require(
                row.status().ended(),
                Invariant.JOBS_END,
                row.id() + " is " + row.step() + " " + row.progress().waiting());
        require(
                row.claimed().isEmpty(),
                Invariant.ENDED_IS_FREE,
                row.id() + " is " + row.step() + " and claimed by " + row.claimed());
    }

    private void whole(JobRecord row) {
        watch.truth().kept(row.id()).filter(watch.truth()::whole).ifPresent(kept -> {
            try {
                Audit.Found found = watch.audit().of(kept.database(), new BackupId(kept.id()), new HashSet<>());
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
        if (watch.truth().kept(database).stream().allMatch(Truth.Kept::sound)) {
            noObjects(database, rows);
        }
        noSnapshots(database, rows);
    }

    /** Of a backup that was damaged before it was complete nobody can tell what it needs. */
    private void noObjects(DatabaseId database, List<JobRecord> rows) {
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

    private void require(boolean holds, Invariant invariant, String detail) {
        if (!holds) {
            watch.violated(invariant, detail);
        }
    }
}
