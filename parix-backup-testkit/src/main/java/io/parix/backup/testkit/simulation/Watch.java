package io.parix.backup.testkit.simulation;

import io.parix.backup.BackupEvent;
import io.parix.backup.BackupException;
import io.parix.backup.DatabaseId;
import io.parix.backup.Hold;
import io.parix.backup.RetentionPeriod;
import io.parix.backup.Workflow;
import io.parix.backup.core.job.BackupJob;
import io.parix.backup.core.job.BackupStep;
import io.parix.backup.core.job.RestoreStep;
import io.parix.backup.engine.row.BackupRow;
import io.parix.backup.engine.row.RestoreRow;
import io.parix.backup.engine.row.RetentionRow;
import io.parix.backup.host.Attempt;
import io.parix.backup.host.Capture;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.catalog.AdoptedJob;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.Inserted;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.JobWrite;
import io.parix.backup.spi.catalog.NewJob;
import io.parix.backup.spi.catalog.ScheduleAnswer;
import io.parix.backup.spi.catalog.ScheduleRecord;
import io.parix.backup.spi.catalog.ScheduleWrite;
import io.parix.backup.spi.catalog.SettingRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at every effect, and says when an invariant does not hold after it. The first one ends the run. */
final class Watch implements Witness {
    /** What the host throws, and a user who finds nothing to ask for. */
    private static final Set<Class<?>> BEYOND_THE_ENGINE =
            Set.of(IllegalCallerException.class, Users.NothingThere.class);

    /** Steps of which an attempt has been told to let go of its images. */
    private static final Set<String> OVER = Stream.of(
                    BackupStep.COMPLETING,
                    BackupStep.COMPLETED,
                    BackupStep.EXPIRING,
                    BackupStep.UNSWEPT,
                    BackupStep.SWEPT)
            .map(BackupStep::code)
            .collect(Collectors.toUnmodifiableSet());

    private final World world;
    private final Truth truth = new Truth();
    private final Completions completions;
    private final Map<String, JobRecord> rows = new HashMap<>();
    private final Succession succession = new Succession(rows);
    private final Claims claims = new Claims(this);
    private final Map<DatabaseId, String> active = new HashMap<>();
    private final Runs runs = new Runs();
    private final Set<String> heard = new HashSet<>();
    private final Map<String, Node> capturedLate = new HashMap<>();
    private final Periods periods;
    private long writes;
    private @Nullable Violation violation;

    Watch(World world) {
        this.world = world;
        this.periods = new Periods(world, this);
        this.completions = new Completions(world, this);
    }

    @Override
    public void forgets() {
        rows.clear();
        claims.forget();
        active.clear();
        truth.forgetRows();
        completions.forget();
        periods.forget();
        runs.forgetAll();
    }

    Truth truth() {
        return truth;
    }

    /** A job as it was last written, before what is seen just now; null where it is not known. */
    @Nullable
    JobRecord row(String id) {
        return rows.get(id);
    }

    /** How often any catalog was written to until now. */
    long writes() {
        return writes;
    }

    /** Whether nothing was written since the calling thread began, and no backup of a database is on its way. */
    boolean isStill(DatabaseId database) {
        return writes == world.turn().writes()
                && rows.values().stream()
                        .noneMatch(row -> row.database().equals(database)
                                && row.kind() != JobKind.CLEAN_UP
                                && !row.status().ended());
    }

    /** Whether a backup stays for another reason than its age, or goes in any case. */
    boolean isSpared(Truth.Kept backup) {
        return succession.isSpared(backup, truth.kept(backup.database()));
    }

    Periods periods() {
        return periods;
    }

    Audit audit() {
        return completions.audit();
    }

    Optional<Violation> violation() {
        return Optional.ofNullable(violation);
    }

    void violated(Invariant invariant, String detail) {
        if (violation == null) {
            violation = new Violation(invariant, detail);
            world.note("VIOLATED " + violation);
        }
    }

    private void require(boolean holds, Invariant invariant, String detail) {
        if (!holds) {
            violated(invariant, detail);
        }
    }

    /** Something left an engine's own threads. */
    void thrown(Node node, Throwable thrown) {
        boolean told = thrown instanceof BackupException || BEYOND_THE_ENGINE.contains(thrown.getClass());
        require(told, Invariant.THROWS_WHAT_IT_DOCUMENTS, node.name() + ": " + thrown);
        world.coverage().meet("thrown " + thrown.getClass().getSimpleName());
    }

    private void heard(BackupEvent event) {
        heard.add(event.kind() + " " + event.job());
        world.coverage().meet("event " + event.kind().code());
    }

    /** Whether images were taken for an attempt that had let go of them, by a process that never woke again. */
    boolean capturedByTheDead(String attempt) {
        Node late = capturedLate.get(attempt);
        return late != null && late.dead();
    }

    boolean hasHeard(BackupEvent.Kind kind, String job) {
        return heard.contains(kind + " " + job);
    }

    @Override
    public void about(PortCall call) {
        if (call.name().equals("ObjectStore.delete")) {
            deleting(call.argument(List.class));
        } else if (call.name().equals("VolumeSnapshots.delete")) {
            deleting(List.of(call.argument(String.class)));
        } else if (call.name().equals("BackupListener.on")) {
            // Whoever throws has heard it.
            heard(call.argument(BackupEvent.class));
        }
    }

    private void deleting(List<?> keys) {
        for (Object key : keys) {
            String name = key instanceof ObjectKey object ? object.value() : key.toString();
            truth.needing(name)
                    .ifPresent(kept -> violated(Invariant.NEEDED_IS_KEPT, "backup " + kept.id() + " needs " + key));
            truth.usedNeeding(name)
                    .ifPresent(used -> violated(
                            Invariant.USED_IS_KEPT, "a restore reads backup " + used.id() + ", which needs " + key));
        }
    }

    @Override
    public void saw(PortCall call, @Nullable Object answer) {
        world.coverage().called(call.name());
        writes += call.isEffect() && call.port() == Catalog.class ? 1 : 0;
        switch (call.name()) {
            case "Catalog.claim" -> claimed((JobRecord) Objects.requireNonNull(answer), call.argument(Duration.class));
            case "Catalog.heartbeat" ->
                claims.renewed(
                        call.argument(JobRecord.class),
                        call.argument(Duration.class),
                        world.catalog().now());
            case "Catalog.insert" -> inserted(call.argument(NewJob.class), (Inserted) Objects.requireNonNull(answer));
            case "Catalog.write" -> wrote(call.arguments().get(0), answer);
            case "Catalog.unschedule" -> {
                if (Boolean.TRUE.equals(answer)) {
                    runs.unscheduled(call.argument(ScheduleRecord.class).database());
                }
            }
            case "Catalog.adopt" -> adopted(call.argument(List.class), (Set<?>) Objects.requireNonNull(answer));
            case "Catalog.remove" -> removed(call.argument(JobRecord.class).id());
            case "Catalog.acquire" -> acquired(call, (Optional<?>) Objects.requireNonNull(answer));
            case "Catalog.release" ->
                active.remove(
                        call.argument(DatabaseId.class),
                        call.argument(Workflow.class).owner());
            case "ReplicaImages.release" ->
                truth.released(call.argument(Attempt.class).toString());
            case "ReplicaImages.capture" -> captured(call, (Capture) Objects.requireNonNull(answer));
            default -> {}
        }
    }

    /** What is known from its manifest alone stays until somebody who knows more lifts it. */
    private void adopted(List<?> jobs, Set<?> taken) {
        for (Object each : jobs) {
            JobRecord row = ((AdoptedJob) each).row();
            if (taken.contains(row.id())) {
                rows.put(row.id(), row);
            }
            boolean held = BackupRow.view(row)
                    .held()
                    .filter(hold -> hold.reason() == Hold.Reason.REBUILT)
                    .isPresent();
            require(held, Invariant.REBUILT_IS_HELD, row.id() + " arrives as " + BackupRow.view(row));
        }
    }

    private void removed(String id) {
        JobRecord gone = rows.remove(id);
        if (gone != null && gone.kind() == JobKind.BACKUP) {
            runs.removed(gone);
        }
        require(truth.kept(id).isEmpty(), Invariant.KEPT_IS_KNOWN, id + " is removed from the history and kept");
    }

    void vacated(DatabaseId database, Workflow workflow) {
        active.remove(database, workflow.owner());
    }

    private void acquired(PortCall call, Optional<?> occupant) {
        if (occupant.isEmpty()) {
            occupy(
                    call.argument(DatabaseId.class),
                    call.argument(Workflow.class).owner());
        }
    }

    private void occupy(DatabaseId database, String owner) {
        String before = active.put(database, owner);
        require(
                before == null || before.equals(owner),
                Invariant.ONE_WORKFLOW,
                database + " has " + before + " and " + owner);
    }

    private void claimed(JobRecord row, Duration lease) {
        claims.claimed(row, lease);
        rows.put(row.id(), row);
    }

    private void inserted(NewJob job, Inserted answer) {
        if (answer instanceof Inserted.Created created) {
            begun(created.row());
            require(
                    created.row().kind() != JobKind.CLEAN_UP || !occupies(created.row()),
                    Invariant.SWEEPS_BLOCK_NOTHING,
                    created.row().id() + " takes the place of workflows of "
                            + created.row().database());
        }
        if (answer instanceof Inserted.Occupied occupied) {
            occupied(job.row().id(), occupied.by());
        }
        world.coverage()
                .meet("insert " + job.row().kind().code() + " "
                        + answer.getClass().getSimpleName());
    }

    private void occupied(String who, Workflow by) {
        JobRecord holder = rows.get(by.owner());
        require(
                holder == null || holder.kind() != JobKind.CLEAN_UP,
                Invariant.SWEEPS_BLOCK_NOTHING,
                who + " waits for " + by);
    }

    private boolean occupies(JobRecord row) {
        return world.catalog()
                .occupant(row.database())
                .filter(held -> held.owner().equals(row.id()))
                .isPresent();
    }

    private void begun(JobRecord row) {
        rows.put(row.id(), row);
        if (row.kind() != JobKind.CLEAN_UP) {
            occupy(row.database(), row.id());
        }
    }

    private void wrote(@Nullable Object what, @Nullable Object answer) {
        if (what instanceof JobWrite write && answer instanceof JobRecord row) {
            wrote(write, row);
        } else if (what instanceof SettingRecord
                && answer instanceof Optional<?> written
                && written.orElse(null) instanceof SettingRecord record) {
            periods.set(RetentionRow.read(record));
        } else if (what instanceof ScheduleWrite write && answer instanceof ScheduleAnswer.Written written) {
            written.started().ifPresent(row -> started(write, row));
        } else if (what instanceof ScheduleWrite && answer instanceof ScheduleAnswer.Occupied occupied) {
            occupied("a scheduled run", occupied.by());
        }
    }

    private void started(ScheduleWrite write, JobRecord row) {
        String run = write.toInsert().map(NewJob::idempotencyKey).orElse("");
        require(
                runs.begin(run, row),
                Invariant.RUNS_ONCE,
                row.database() + " " + run + " has begun again as " + row.id());
        begun(row);
    }

    private void wrote(JobWrite write, JobRecord row) {
        JobRecord before = rows.put(row.id(), row);
        claims.wrote(write.next(), row);
        if (before != null && !before.step().equals(row.step())) {
            stepped(before, row);
        }
        if (row.status().ended() && row.kind() != JobKind.CLEAN_UP) {
            active.remove(row.database(), row.id());
            truth.letGo(row.id());
        }
    }

    private void stepped(JobRecord before, JobRecord row) {
        String move = row.kind().code() + " " + before.step() + " > " + row.step();
        world.coverage().meet("move " + move);
        world.note(row.id() + " " + move + " in " + row.database());
        if (row.kind() == JobKind.BACKUP) {
            require(
                    BackupStep.of(before.step()).next().contains(BackupStep.of(row.step())),
                    Invariant.MOVES_ARE_LEGAL,
                    move);
            if (row.step().equals(BackupStep.EXPIRING.code())) {
                expiring(before, row);
            } else {
                completions.stepped(row);
            }
        } else if (row.kind() == JobKind.RESTORE) {
            require(
                    RestoreStep.of(before.step()).next().contains(RestoreStep.of(row.step())),
                    Invariant.MOVES_ARE_LEGAL,
                    move);
            if (row.step().equals(RestoreStep.MOVING.code())) {
                truth.before(row.database(), world.host().files(row.database()));
                truth.use(row.id(), RestoreRow.view(row).backup().value());
            }
        }
    }

    private void captured(PortCall call, Capture capture) {
        Attempt attempt = call.argument(Attempt.class);
        JobRecord row = rows.get(attempt.backup().value());
        if (row != null && OVER.contains(row.step())) {
            world.note(attempt + " captures images though it has let go of them");
            capturedLate.put(attempt.toString(), call.node());
        }
        if (capture instanceof Capture.Ready) {
            truth.captured(attempt.toString(), world.cuts().images(call));
        }
    }

    private void expiring(JobRecord before, JobRecord row) {
        require(
                !(BackupRow.read(before) instanceof BackupJob.Completed held)
                        || held.standing().hold() == null,
                Invariant.HELD_IS_KEPT,
                row.id() + " expires");
        Optional<Truth.Kept> backup = truth.kept(row.id());
        truth.expire(row.id());
        if (backup.isEmpty()) {
            return;
        }
        Instant now = world.catalog().now();
        // A change of the period is never too late: the row is written on condition that there was none.
        RetentionPeriod period = periods.setting().inForceAt(now).period();
        boolean asked = Succession.isToBeDeleted(before);
        require(
                asked || period.isOver(backup.get().completedAt(), now),
                world.isDeleted(row.database()) ? Invariant.OUTLIVES_ITS_DATABASE : Invariant.NOT_BEFORE_ITS_TIME,
                row.id() + " was completed at " + backup.get().completedAt() + " and expires at " + now + " under "
                        + period.code());
        require(
                world.isDeleted(row.database())
                        || !truth.whole(backup.get())
                        || truth.kept(row.database()).stream()
                                .anyMatch(other -> succession.isOpen(other, backup.get(), before)),
                Invariant.LAST_IS_KEPT,
                row.id() + " of " + row.database());
    }
}
