package io.parix.backup.engine.intake;

import io.parix.backup.Actor;
import io.parix.backup.BackupAnswer;
import io.parix.backup.BackupEvent;
import io.parix.backup.BackupId;
import io.parix.backup.DatabaseId;
import io.parix.backup.Report;
import io.parix.backup.Trigger;
import io.parix.backup.Workflow;
import io.parix.backup.core.availability.Availability;
import io.parix.backup.core.availability.AvailabilityFacts;
import io.parix.backup.core.availability.AvailabilityFacts.Permission;
import io.parix.backup.core.job.BackupHeader;
import io.parix.backup.core.job.BackupJob;
import io.parix.backup.engine.row.BackupRow;
import io.parix.backup.host.AccessPolicy;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.spi.catalog.Inserted;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.NewJob;
import io.parix.backup.spi.catalog.Wake;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns the wish for a backup into a job, or into the reasons why there is none. Safe for concurrent calls. */
public final class BackupOrders {
    private final IntakeParts parts;

    /**
     * The wish for a backup.
     *
     * @param database of what
     * @param actor whose
     * @param trigger why
     * @param key the same key for the same database gives the same job, or null for a new one each time
     */
    public record Order(
            DatabaseId database,
            Actor actor,
            Trigger trigger,
            @Nullable String key) {}

    /**
     * Takes orders.
     *
     * @param parts what it works with
     */
    public BackupOrders(IntakeParts parts) {
        this.parts = parts;
    }

    /**
     * Makes a job, where the actor may and the conditions hold.
     *
     * @param order the wish
     * @return the job, new or of the same key, or the reasons why there is none
     */
    public BackupAnswer ask(Order order) {
        DatabaseId database = order.database();
        DatabaseFacts facts = look(database);
        // The slot is the catalog's to judge, in the transaction of the insert; so here the rest counts.
        Permission permission = permission(order.actor(), database);
        Report report = report(facts, List.of(), permission);
        Optional<JobRecord> earlier = permission == Permission.ALLOWED
                ? Optional.ofNullable(order.key())
                        .flatMap(key -> parts.catalog().keyed(database, JobKind.BACKUP, key))
                : Optional.empty();
        if (earlier.isPresent()) {
            return new BackupAnswer.Accepted(BackupRow.view(earlier.get()));
        }
        if (!report.passed() || !(facts instanceof DatabaseFacts.Live live)) {
            return new BackupAnswer.Refused(report(facts, occupant(database), permission));
        }
        Inserted inserted = parts.catalog().insert(job(order, live));
        if (inserted instanceof Inserted.Occupied occupied) {
            return new BackupAnswer.Refused(report(facts, List.of(occupied.by()), permission));
        }
        JobRecord row =
                inserted instanceof Inserted.Created created ? created.row() : ((Inserted.Existing) inserted).row();
        parts.dispatcher().wake(Wake.of(row, row.requestedAt()));
        return new BackupAnswer.Accepted(BackupRow.view(row));
    }

    /**
     * Makes the conditions' report for an actor (spec A1, A2).
     *
     * @param database of which database
     * @param actor who would ask
     * @return every condition with its outcome
     */
    public Report availability(DatabaseId database, Actor actor) {
        return report(look(database), occupant(database), permission(actor, database));
    }

    /**
     * Looks a database up; a directory that fails does not know.
     *
     * @param database which
     * @return what the host says
     */
    public DatabaseFacts look(DatabaseId database) {
        return parts.eligibility().look(database);
    }

    /**
     * Names what holds a database's slot.
     *
     * @param database which
     * @return the workflow; empty where the slot is free
     */
    public List<Workflow> occupant(DatabaseId database) {
        return parts.catalog().occupant(database).stream().toList();
    }

    /**
     * Makes the conditions' report.
     *
     * @param facts what the host knows of the database
     * @param active what holds its slot
     * @param permission whether whoever asks may
     * @return every condition with its outcome
     */
    public Report report(DatabaseFacts facts, List<Workflow> active, Permission permission) {
        return Availability.report(
                new AvailabilityFacts(facts, active, parts.providers().ids(), permission));
    }

    /**
     * Makes the job of an order, to be inserted.
     *
     * @param order the wish
     * @param live the database
     * @return the job, queued, under a new id
     */
    public NewJob job(Order order, DatabaseFacts.Live live) {
        DatabaseId database = order.database();
        Instant now = parts.catalog().now();
        BackupId id = new BackupId(parts.ids().next("b", now));
        String location = parts.archives().registered(database, live.profile().provider());
        BackupHeader header =
                new BackupHeader(id, database, order.actor(), order.trigger(), now, location, order.key());
        JobRecord row =
                BackupRow.first(new BackupJob.Queued(header), live.profile().region());
        BackupEvent event = new BackupEvent(
                id + "-1-requested", BackupEvent.Kind.BACKUP_REQUESTED, database, id.value(), now, null);
        return new NewJob(row, order.key(), event);
    }

    private Permission permission(Actor actor, DatabaseId database) {
        return parts.allows(actor, AccessPolicy.Action.REQUEST_BACKUP, database)
                ? Permission.ALLOWED
                : Permission.DENIED;
    }
}
