package io.parix.backup.catalog.jdbc;

import io.parix.backup.Workflow;
import io.parix.backup.spi.catalog.AdoptedJob;
import io.parix.backup.spi.catalog.CatalogConflictException;
import io.parix.backup.spi.catalog.Inserted;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.NewJob;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** How jobs come into the catalog. */
final class Insertion {
    private Insertion() {}

    /** Inserts a job with its slot, key and event; any of them taken is a violation, and then none is there. */
    static Inserted insert(Session session, NewJob job) throws SQLException {
        Optional<JobRecord> earlier = keyed(session, job);
        if (earlier.isPresent()) {
            return new Inserted.Existing(earlier.get());
        }
        Optional<Workflow> slot = slotOf(job.row());
        if (slot.isPresent()) {
            SlotTable.take(session, job.row().database(), slot.get());
        }
        JobTable.insert(session, job.row());
        KeyTable.record(session, job);
        if (job.event() != null) {
            OutboxTable.add(session, job.event());
        }
        return new Inserted.Created(JobTable.find(session, job.row().id()).orElseThrow());
    }

    /** Why a job could not be inserted; empty when what stood in the way has gone meanwhile. */
    static Optional<Inserted> whatIsThere(Session session, NewJob job) throws SQLException {
        Optional<JobRecord> earlier = keyed(session, job);
        if (earlier.isPresent()) {
            return Optional.of(new Inserted.Existing(earlier.get()));
        }
        Optional<Workflow> slot = slotOf(job.row());
        Optional<Workflow> holder =
                slot.isPresent() ? SlotTable.occupant(session, job.row().database()) : Optional.empty();
        Optional<JobRecord> same = JobTable.find(session, job.row().id());
        if (same.isPresent() && holder.equals(slot)) {
            return Optional.of(new Inserted.Existing(same.get()));
        }
        if (holder.isPresent()) {
            return Optional.of(new Inserted.Occupied(holder.get()));
        }
        if (same.isPresent()) {
            throw new CatalogConflictException(job.row().id(), 0, same.get());
        }
        return Optional.empty();
    }

    /** Inserts the rows that are not there; one that comes in between is a violation. */
    static Set<String> adopt(Session session, List<AdoptedJob> jobs) throws SQLException {
        Set<String> taken = new TreeSet<>();
        for (AdoptedJob job : jobs) {
            if (!JobTable.exists(session, job.row().id())) {
                JobTable.insert(session, job.row());
                SegmentTable.record(session, job.row(), job.segments());
                taken.add(job.row().id());
            }
        }
        return taken;
    }

    /** What a job holds its database's slot as; empty for a kind that holds none. */
    static Optional<Workflow> slotOf(JobRecord row) {
        return row.kind().workflow().map(kind -> new Workflow(kind, row.id()));
    }

    private static Optional<JobRecord> keyed(Session session, NewJob job) throws SQLException {
        String key = job.idempotencyKey();
        return key == null
                ? Optional.empty()
                : KeyTable.find(session, job.row().database(), job.row().kind(), key);
    }
}
