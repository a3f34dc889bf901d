package io.parix.backup.engine.schedule;

import io.parix.backup.Actor;
import io.parix.backup.Backup;
import io.parix.backup.BackupAnswer;
import io.parix.backup.BackupEvent;
import io.parix.backup.Cadence;
import io.parix.backup.DatabaseId;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.LastRun;
import io.parix.backup.RunOutcome;
import io.parix.backup.ScheduleCard;
import io.parix.backup.Schedules;
import io.parix.backup.Trigger;
import io.parix.backup.core.schedule.ScheduleState;
import io.parix.backup.engine.intake.BackupOrders;
import io.parix.backup.engine.intake.IntakeParts;
import io.parix.backup.engine.row.BackupRow;
import io.parix.backup.engine.row.ScheduleRow;
import io.parix.backup.host.AccessPolicy;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.CatalogConflictException;
import io.parix.backup.spi.catalog.ScheduleAnswer;
import io.parix.backup.spi.catalog.ScheduleRecord;
import io.parix.backup.spi.catalog.ScheduleWrite;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The service behind {@link Schedules}. */
public final class ScheduleIntake implements Schedules {
    private static final Logger LOG = LoggerFactory.getLogger(ScheduleIntake.class);

    private final IntakeParts parts;
    private final Catalog catalog;
    private final BackupOrders orders;
    private final RunPlan plan;

    /**
     * A service over the given parts.
     *
     * @param parts what it works with
     */
    public ScheduleIntake(IntakeParts parts) {
        this.parts = parts;
        this.catalog = parts.catalog();
        this.orders = new BackupOrders(parts);
        this.plan = new RunPlan(catalog, parts.settings().schedules());
    }

    @Override
    public Optional<ScheduleCard> card(DatabaseId database) {
        return catalog.schedule(database).map(row -> card(row, orders.look(database)));
    }

    /**
     * Looks a database's schedule up where the database was looked up already.
     *
     * @param database the database
     * @param facts what the host says of it
     * @return as {@link #card(DatabaseId)}
     */
    public Optional<ScheduleCard> card(DatabaseId database, DatabaseFacts facts) {
        return catalog.schedule(database).map(row -> card(row, facts));
    }

    /** What was deleted is not backed up any more; that its schedule still awaits a run is found when the run comes due. */
    private ScheduleCard card(ScheduleRecord row, DatabaseFacts facts) {
        ScheduleState state = ScheduleRow.read(row);
        return card(row.database(), facts instanceof DatabaseFacts.Deleted ? state.awaiting(null) : state);
    }

    @Override
    public ScheduleCard set(DatabaseId database, Cadence cadence, Actor actor) {
        requireAllowed(database, actor);
        requireLive(database, "set");
        return change(database, "set", there -> set(database, there, ScheduleState.made(cadence, actor)));
    }

    /** The same cadence again, and one of a paused schedule, leave the next run where it is, if it can be one. */
    private ScheduleState set(DatabaseId database, Optional<ScheduleState> there, ScheduleState wanted) {
        ScheduleState next =
                there.map(state -> state.with(wanted.cadence(), wanted.setBy())).orElse(wanted);
        return there.filter(state -> stays(state, wanted)).isPresent()
                ? next
                : next.awaiting(plan.next(database, next));
    }

    private boolean stays(ScheduleState there, ScheduleState wanted) {
        boolean same = there.cadence().equals(wanted.cadence());
        return there.awaited().isEmpty() || (same && plan.awaits(there));
    }

    @Override
    public ScheduleCard pause(DatabaseId database, Actor actor) {
        requireAllowed(database, actor);
        return changeExisting(database, "pause", state -> state.awaiting(null));
    }

    @Override
    public ScheduleCard resume(DatabaseId database, Actor actor) {
        requireAllowed(database, actor);
        requireLive(database, "resume");
        return changeExisting(
                database, "resume", state -> plan.awaits(state) ? state : state.awaiting(plan.next(database, state)));
    }

    @Override
    public void remove(DatabaseId database, Actor actor) {
        requireAllowed(database, actor);
        parts.conflicts().run("remove the schedule of database " + database, () -> {
            Optional<ScheduleRecord> row = catalog.schedule(database);
            Optional<ScheduleWrite> missed = row.flatMap(this::givenUp);
            missed.ifPresent(this::write);
            Optional<ScheduleRecord> last = missed.isPresent() ? catalog.schedule(database) : row;
            if (last.isPresent() && !catalog.unschedule(last.get())) {
                throw new CatalogConflictException(database.value(), last.get().version(), null);
            }
            return last;
        });
    }

    /**
     * The schedule paused, where a run of it is due that does not come any more: whoever counts missed runs by their events hears
     * of it. What this release cannot read is removed as it is.
     */
    private Optional<ScheduleWrite> givenUp(ScheduleRecord row) {
        try {
            ScheduleState there = ScheduleRow.read(row);
            ScheduleState next = plan.givingUp(row.database(), there, there.awaiting(null));
            return Optional.of(write(row, there, next))
                    .filter(write -> !write.events().isEmpty());
        } catch (FailedException e) {
            LOG.warn("What the schedule of {} has missed cannot be told", row.database(), e);
            return Optional.empty();
        }
    }

    @Override
    public BackupAnswer runNow(DatabaseId database, Actor actor) {
        if (catalog.schedule(database).isEmpty()) {
            throw noSchedule(database, "run");
        }
        return orders.ask(new BackupOrders.Order(database, actor, Trigger.SCHEDULED, null));
    }

    private ScheduleCard changeExisting(DatabaseId database, String verb, UnaryOperator<ScheduleState> change) {
        return change(database, verb, there -> change.apply(there.orElseThrow(() -> noSchedule(database, verb))));
    }

    private ScheduleCard change(
            DatabaseId database, String verb, Function<Optional<ScheduleState>, ScheduleState> change) {
        return parts.conflicts().run(verb + " the schedule of database " + database, () -> {
            Optional<ScheduleRecord> row = catalog.schedule(database);
            Optional<ScheduleState> there = row.map(ScheduleRow::read);
            ScheduleState wanted = change.apply(there);
            ScheduleState next =
                    there.map(state -> plan.givingUp(database, state, wanted)).orElse(wanted);
            if (!there.equals(Optional.of(next))) {
                write(row.map(seen -> write(seen, there.orElseThrow(), next))
                        .orElseGet(() -> ScheduleWrite.of(ScheduleRow.first(database, next))));
            }
            return card(database, next);
        });
    }

    private ScheduleWrite write(ScheduleRecord seen, ScheduleState there, ScheduleState next) {
        RunEvents told = new RunEvents(seen, catalog.now());
        List<BackupEvent> events = Optional.ofNullable(next.missed())
                .filter(missed -> !missed.equals(there.missed()))
                .map(missed -> told.missed(missed.last()))
                .stream()
                .toList();
        return new ScheduleWrite(ScheduleRow.next(seen, next), null, events);
    }

    private void write(ScheduleWrite write) {
        ScheduleRecord next = write.next();
        if (catalog.write(write) instanceof ScheduleAnswer.Moved) {
            throw new CatalogConflictException(next.database().value(), next.version(), null);
        }
        if (!write.events().isEmpty()) {
            parts.events().pump();
        }
    }

    private ScheduleCard card(DatabaseId database, ScheduleState state) {
        return ScheduleRow.view(database, state, backup(state));
    }

    private @Nullable Backup backup(ScheduleState state) {
        LastRun last = state.last();
        return last != null && last.outcome() instanceof RunOutcome.Started started
                ? catalog.find(started.backup().value()).map(BackupRow::view).orElse(null)
                : null;
    }

    private void requireAllowed(DatabaseId database, Actor actor) {
        parts.requireAllowed(actor, AccessPolicy.Action.CHANGE_SCHEDULE, database);
    }

    private void requireLive(DatabaseId database, String verb) {
        DatabaseFacts facts = orders.look(database);
        if (facts instanceof DatabaseFacts.Deleted deleted) {
            throw new FailedException(
                    ErrorCode.DATABASE_DELETED,
                    "Cannot " + verb + " the schedule of database " + database + ": it was deleted at " + deleted.at()
                            + ".");
        }
        if (facts instanceof DatabaseFacts.Unknown unknown) {
            throw new FailedException(
                    ErrorCode.DATABASE_UNKNOWN,
                    "Cannot " + verb + " the schedule of database " + database
                            + ": the database directory cannot say what it is: " + unknown.reason() + ".");
        }
    }

    private static FailedException noSchedule(DatabaseId database, String verb) {
        return new FailedException(
                ErrorCode.NOT_FOUND,
                "Cannot " + verb + " the schedule of database " + database + ": there is none. Set one first.");
    }
}
