package io.parix.backup.testkit.simulation;

import io.parix.backup.BackupEvent;
import io.parix.backup.BackupException;
import io.parix.backup.BackupId;
import io.parix.backup.DatabaseId;
import io.parix.backup.RetentionPeriod;
import io.parix.backup.Workflow;
import io.parix.backup.core.job.BackupJob;
import io.parix.backup.core.job.BackupStep;
import io.parix.backup.core.job.RestoreStep;
import io.parix.backup.engine.row.BackupRow;
import io.parix.backup.engine.row.RestoreRow;
import io.parix.backup.engine.row.RetentionRow;
import io.parix.backup.engine.snapshot.SnapshotNames;
import io.parix.backup.host.Attempt;
import io.parix.backup.host.Capture;
import io.parix.backup.host.HostAnswer;
import io.parix.backup.host.RestoreCall;
import io.parix.backup.host.RestoreHost;
import io.parix.backup.spi.ObjectKey;
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
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at every effect, and says when an invariant does not hold after it. The first one ends the run. */
final class Watch {
    /** What the host throws, and a user who finds nothing to ask for. */
    private static final Set<Class<?>> BEYOND_THE_ENGINE =
            Set.of(IllegalCallerException.class, NoSuchElementException.class);

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
    private final Audit audit;
    private final Map<String, JobRecord> rows = new HashMap<>();
    private final Map<String, Instant> decided = new HashMap<>();
    private final Succession succession = new Succession(rows);
    private final Claims claims = new Claims(this);
    private final Map<DatabaseId, String> active = new HashMap<>();
    private final Runs runs = new Runs();
    private final Set<String> heard = new HashSet<>();
    private final Map<String, Node> capturedLate = new HashMap<>();
    private final Periods periods;
    private boolean ranBefore;
    private @Nullable Violation violation;

    Watch(World world) {
        this.world = world;
        this.periods = new Periods(world, this);
        this.audit = new Audit(
                world.place(), world.ports().keys(), world.settings().transfer().spool());
    }

    /** What was in a catalog that is lost is known by nobody any more. */
    void forgetRows() {
        rows.clear();
        claims.forget();
        active.clear();
        truth.forgetRows();
    }

    Truth truth() {
        return truth;
    }

    Periods periods() {
        return periods;
    }

    Audit audit() {
        return audit;
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

    void heard(BackupEvent event) {
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

    /** Called before a call is done. */
    void about(PortCall call) {
        if (call.name().equals("ObjectStore.delete")) {
            deleting(call.argument(List.class));
        } else if (call.name().equals("VolumeSnapshots.delete")) {
            deleting(List.of(call.argument(String.class)));
        } else if (call.name().equals("RestoreHost.swap")) {
            ranBefore = world.host().running(call.argument(RestoreCall.class).database());
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

    /** Called when a call was done. */
    void saw(PortCall call, @Nullable Object answer) {
        world.coverage().meet("call " + call.name());
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
            case "Catalog.remove" -> removed(call.argument(JobRecord.class).id());
            case "Catalog.acquire" -> acquired(call, (Optional<?>) Objects.requireNonNull(answer));
            case "Catalog.release" ->
                active.remove(
                        call.argument(DatabaseId.class),
                        call.argument(Workflow.class).owner());
            case "ReplicaImages.release" ->
                truth.released(call.argument(Attempt.class).toString());
            case "ReplicaImages.capture" -> captured(call, (Capture) Objects.requireNonNull(answer));
            default -> {
                if (call.port() == RestoreHost.class && answer instanceof HostAnswer.Done) {
                    world.past().look(call.argument(RestoreCall.class).database());
                    moved(call);
                }
            }
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
        }
        world.coverage()
                .meet("insert " + job.row().kind().code() + " "
                        + answer.getClass().getSimpleName());
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
            if (row.step().equals(BackupStep.COMMITTING.code())) {
                // From here it can only complete, and its manifest says that it was complete now.
                decided.put(row.id(), world.catalog().now());
            } else if (row.step().equals(BackupStep.COMPLETED.code())) {
                completed(row);
            } else if (row.step().equals(BackupStep.EXPIRING.code())) {
                expiring(before, row);
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

    private void completed(JobRecord row) {
        String attempt = row.id() + "-" + row.attempt();
        Set<String> read = new HashSet<>();
        try {
            Audit.Found found = audit.of(row.database(), new BackupId(row.id()), read);
            require(
                    truth.isOf(attempt, found.files()),
                    Invariant.HOLDS_ITS_IMAGES,
                    row.id() + ", attempt " + row.attempt());
            claims(row, found.files());
            keep(row, found.files(), found.needed(), true);
            found.needed().stream()
                    .filter(truth::isLost)
                    .forEach(key -> world.note(row.id() + " needs the lost " + key));
        } catch (RuntimeException e) {
            require(truth.hasLost(read), Invariant.CAN_BE_RESTORED, row.id() + ": " + e);
            // The place lost some of it while it was made: it is there, for whoever has not looked yet.
            keep(row, truth.captured(attempt), Set.of(), false);
        }
    }

    /** Its age counts from the instant that its row says, which lies between what was seen of it. */
    private void keep(JobRecord row, List<byte[]> files, Set<String> needed, boolean sound) {
        Instant now = world.catalog().now();
        Instant from = decided.getOrDefault(row.id(), now);
        Instant said = BackupRow.read(row) instanceof BackupJob.Completed backup ? backup.completedAt() : now;
        require(
                !said.isBefore(from.minus(Past.CLOCKS_DIFFER)) && !said.isAfter(now.plus(Past.CLOCKS_DIFFER)),
                Invariant.NOT_BEFORE_ITS_TIME,
                row.id() + " says that it was complete at " + said + ", and was between " + from + " and " + now);
        truth.keep(new Truth.Kept(row.id(), row.database(), files, needed, snapshots(row), sound, from, said));
    }

    private void claims(JobRecord row, List<byte[]> files) {
        if (BackupRow.read(row) instanceof BackupJob.Completed backup) {
            Instant claimed = backup.captured().completeBefore();
            require(
                    world.past().isSince(row.database(), files, claimed),
                    Invariant.CLAIMS_WHAT_IT_HOLDS,
                    row.id() + " claims all that was acknowledged before " + claimed);
        }
    }

    /** Those that the attempt which completed has made. */
    private Set<String> snapshots(JobRecord row) {
        return world.snapshots().stream()
                .filter(name -> SnapshotNames.isOf(new BackupId(row.id()), name))
                .filter(name -> name.matches(".*-" + row.attempt() + "-[0-9]+"))
                .collect(Collectors.toSet());
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
                Invariant.NOT_BEFORE_ITS_TIME,
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

    private void moved(PortCall call) {
        RestoreCall restore = call.argument(RestoreCall.class);
        List<byte[]> live = world.host().files(restore.database());
        String what = restore.restore() + " of backup " + restore.backup() + " to " + restore.database();
        String step = call.method().getName();
        require(!step.equals("swap") || !ranBefore, Invariant.FENCED_FIRST, what);
        switch (step) {
            case "swap", "start", "open" ->
                require(
                        truth.usedBy(restore.restore().value())
                                .or(() -> truth.kept(restore.backup().value()))
                                .map(kept -> Truth.same(live, kept.files()))
                                .orElse(true),
                        Invariant.RESTORED_WHOLE,
                        call.name() + " by " + what);
            case "moveBack" ->
                require(
                        truth.before(restore.database())
                                .map(files -> Truth.same(live, files))
                                .orElse(true),
                        Invariant.UNDONE_WHOLE,
                        what);
            default -> world.coverage().meet("done " + call.name());
        }
    }
}
