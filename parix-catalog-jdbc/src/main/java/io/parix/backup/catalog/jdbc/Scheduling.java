package io.parix.backup.catalog.jdbc;

import io.parix.backup.BackupEvent;
import io.parix.backup.spi.catalog.Inserted;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.NewJob;
import io.parix.backup.spi.catalog.ScheduleAnswer;
import io.parix.backup.spi.catalog.ScheduleRecord;
import io.parix.backup.spi.catalog.ScheduleWrite;
import java.sql.SQLException;
import java.util.Optional;

/** How schedules are written, with the jobs of their runs. */
final class Scheduling {
    private Scheduling() {}

    /** Writes all of it; a schedule, slot, key or job that is there already is a violation, and then none is. */
    static ScheduleAnswer write(Session session, ScheduleWrite write) throws SQLException {
        ScheduleRecord next = write.next();
        Optional<ScheduleRecord> row =
                next.version() == 0 ? ScheduleTable.insert(session, next) : ScheduleTable.write(session, next);
        if (row.isEmpty()) {
            return moved(session, next);
        }
        JobRecord started = null;
        if (write.job() != null) {
            started = started(session, write.job());
        }
        for (BackupEvent event : write.events()) {
            OutboxTable.add(session, event);
        }
        return new ScheduleAnswer.Written(row.get(), started);
    }

    /** The job that is there, by its key or its id, or a new one. */
    private static JobRecord started(Session session, NewJob job) throws SQLException {
        Inserted there = Insertion.whatIsThere(session, job)
                .filter(Inserted.Existing.class::isInstance)
                .orElse(null);
        Inserted started = there == null ? Insertion.insert(session, job) : there;
        return started instanceof Inserted.Existing existing ? existing.row() : ((Inserted.Created) started).row();
    }

    /** Why it could not be written; empty when what stood in the way has gone meanwhile. */
    static Optional<ScheduleAnswer> whatIsThere(Session session, ScheduleWrite write) throws SQLException {
        ScheduleRecord next = write.next();
        long version = ScheduleTable.find(session, next.database())
                .map(ScheduleRecord::version)
                .orElse(0L);
        if (version != next.version()) {
            return Optional.of(moved(session, next));
        }
        Optional<Inserted> inTheWay =
                write.job() == null ? Optional.empty() : Insertion.whatIsThere(session, write.job());
        return inTheWay.filter(Inserted.Occupied.class::isInstance)
                .map(occupied -> new ScheduleAnswer.Occupied(((Inserted.Occupied) occupied).by()));
    }

    private static ScheduleAnswer moved(Session session, ScheduleRecord next) throws SQLException {
        return new ScheduleAnswer.Moved(
                ScheduleTable.find(session, next.database()).orElse(null));
    }
}
