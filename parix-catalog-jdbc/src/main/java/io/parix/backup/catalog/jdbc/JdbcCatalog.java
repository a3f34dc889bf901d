package io.parix.backup.catalog.jdbc;

import io.parix.backup.BackupEvent;
import io.parix.backup.DatabaseId;
import io.parix.backup.GaugeReading;
import io.parix.backup.InvalidRequestException;
import io.parix.backup.Workflow;
import io.parix.backup.spi.ConfigurationException;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.catalog.AdoptedJob;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.CatalogConflictException;
import io.parix.backup.spi.catalog.Claim;
import io.parix.backup.spi.catalog.DueQuery;
import io.parix.backup.spi.catalog.HistoryQuery;
import io.parix.backup.spi.catalog.Inserted;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.JobWrite;
import io.parix.backup.spi.catalog.NewJob;
import io.parix.backup.spi.catalog.ScheduleAnswer;
import io.parix.backup.spi.catalog.ScheduleRecord;
import io.parix.backup.spi.catalog.ScheduleWrite;
import io.parix.backup.spi.catalog.SegmentBytes;
import io.parix.backup.spi.catalog.SettingRecord;
import io.parix.backup.spi.catalog.StepProgress;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The catalog on H2 or PostgreSQL. Opening it brings its tables up to date.
 *
 * <p>Its clock is the database's. Each method that writes is one transaction in <em>read committed</em>, on a connection of its
 * own, never repeated by itself; one that reads sees what was committed when it asked; a database that fails is a {@link
 * ProviderException} of the kind that fits. Safe for concurrent calls from any number of processes. What each table is, and how large it grows: {@code docs/operations/catalog.md}.
 */
public final class JdbcCatalog implements Catalog, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcCatalog.class);
    private static final int TRIES = 5;
    private static final int MOST = 1_000;
    private static final int MOST_ADDED_UP = 10_000;

    private final Database database;
    private final String installation;
    private final @Nullable UrlDataSource own;

    private JdbcCatalog(Database database, @Nullable UrlDataSource own) {
        this.database = database;
        this.own = own;
        this.installation = database.run(
                "read the installation",
                session -> session.one("select id from parix_installation", row -> row.getString(1))
                        .orElseThrow());
    }

    /**
     * Opens the catalog of a database whose connections the host lends.
     *
     * @param source the host's; pooled, or every call connects anew. It must lend three connections at once. Its transactions
     *     are its own
     * @param settings the limits
     * @return the catalog; closing it leaves the data source open
     * @throws ConfigurationException when the database is neither H2 nor PostgreSQL, an H2 does not run with
     *     {@code WRITE_DELAY=0}, or a newer version of this library has changed the tables
     * @throws ProviderException when the database does not answer as it should
     */
    public static JdbcCatalog open(DataSource source, CatalogSettings settings) {
        return open(source, recognized(source), settings);
    }

    /**
     * Opens the catalog of a database that it connects to by itself, anew for each call: fit for an embedded H2. A host with
     * PostgreSQL hands in a pool instead.
     *
     * @param place where it is
     * @param settings the limits
     * @return the catalog; an embedded H2 that nobody else has open is closed with it
     * @throws ConfigurationException when the database is neither H2 nor PostgreSQL, an H2 does not run with
     *     {@code WRITE_DELAY=0}, or a newer version of this library has changed the tables
     * @throws ProviderException when the database does not answer as it should
     */
    public static JdbcCatalog open(DatabaseUrl place, CatalogSettings settings) {
        UrlDataSource own = null;
        try {
            own = new UrlDataSource(place, settings);
            Dialect dialect = recognized(own);
            Schema.migrate(own, dialect);
            return new JdbcCatalog(new Database(own, dialect, settings), own);
        } catch (SQLException e) {
            throw SqlFailures.before("connect to " + place, e);
        } catch (RuntimeException e) {
            close(own);
            throw e;
        }
    }

    static JdbcCatalog open(DataSource source, Dialect dialect, CatalogSettings settings) {
        Schema.migrate(source, dialect);
        return new JdbcCatalog(new Database(source, dialect, settings), null);
    }

    private static Dialect recognized(DataSource source) {
        try (Connection connection = source.getConnection()) {
            return Dialect.of(connection);
        } catch (SQLException e) {
            throw SqlFailures.before("connect", e);
        }
    }

    Database database() {
        return database;
    }

    @Override
    public Instant now() {
        return database.read("tell the time", Session::now);
    }

    @Override
    public String installation() {
        return installation;
    }

    @Override
    public Inserted insert(NewJob job) {
        for (int i = 0; i < TRIES; i++) {
            Optional<Inserted> answer = tryInsert(job);
            if (answer.isPresent()) {
                return answer.get();
            }
        }
        throw slotTooBusy("insert job " + job.row().id(), job.row().database());
    }

    private Optional<Inserted> tryInsert(NewJob job) {
        String what = "insert job " + job.row().id();
        try {
            return Optional.of(database.tryInsert(what, session -> Insertion.insert(session, job)));
        } catch (SQLIntegrityConstraintViolationException e) {
            return database.run(what, session -> Insertion.whatIsThere(session, job));
        }
    }

    @Override
    public Optional<JobRecord> find(String id) {
        return database.read("find job " + id, session -> JobTable.find(session, id));
    }

    @Override
    public List<JobRecord> find(Set<String> ids) {
        requireFew("ids", ids.size(), MOST);
        return database.read("find jobs", session -> JobLists.find(session, ids));
    }

    @Override
    public Optional<JobRecord> keyed(DatabaseId of, JobKind kind, String key) {
        return database.read("find a job by its key", session -> KeyTable.find(session, of, kind, key));
    }

    @Override
    public JobRecord claim(JobRecord seen, String worker, Duration lease) {
        String what = "claim job " + seen.id();
        Database.Work<JobRecord> claim = session -> claim(session, seen, worker, lease);
        try {
            return database.tryInsert(what, claim);
        } catch (SQLIntegrityConstraintViolationException e) {
            // Of two first claims of a database the other one was first. From now on there is a token to be raised.
            return database.run(what, claim);
        }
    }

    private static JobRecord claim(Session session, JobRecord seen, String worker, Duration lease) throws SQLException {
        Instant now = session.now();
        long fence = FenceTable.next(session, seen.database(), now);
        Claim claim = new Claim(worker, fence, now.plus(lease));
        return written(session, JobTable.claim(session, seen, claim, now), seen);
    }

    @Override
    public void heartbeat(JobRecord held, Duration lease, StepProgress progress) {
        database.run("renew the lease on job " + held.id(), session -> {
            Claim mine = held.claim();
            Optional<JobRecord> renewed = mine == null
                    ? Optional.empty()
                    : JobTable.renew(
                            session,
                            held.id(),
                            new Claim(mine.worker(), mine.fence(), session.now().plus(lease)),
                            progress);
            return written(session, renewed, held);
        });
    }

    @Override
    public JobRecord write(JobWrite write) {
        String what = "write job " + write.next().id();
        Database.Work<JobRecord> work = session -> write(session, write);
        try {
            return database.tryInsert(what, work);
        } catch (SQLIntegrityConstraintViolationException e) {
            // Somebody else recorded the first segments of the database. From now on there is a row to be added to.
            return database.run(what, work);
        }
    }

    private static JobRecord write(Session session, JobWrite write) throws SQLException {
        JobRecord next = write.next();
        JobRecord written = written(session, JobTable.write(session, next), next);
        Conditions.require(session, write);
        if (next.status().ended()) {
            Optional<Workflow> slot = Insertion.slotOf(next);
            if (slot.isPresent()) {
                SlotTable.release(session, next.database(), slot.get());
            }
        }
        if (!write.segments().isEmpty()) {
            SegmentTable.record(session, next, write.segments());
        }
        for (BackupEvent event : write.events()) {
            OutboxTable.add(session, event);
        }
        return written;
    }

    /** The row as written, or what is there instead. */
    private static JobRecord written(Session session, Optional<JobRecord> row, JobRecord named) throws SQLException {
        if (row.isEmpty()) {
            JobRecord actual = JobTable.find(session, named.id()).orElse(null);
            throw new CatalogConflictException(named.id(), named.version(), actual);
        }
        return row.get();
    }

    @Override
    public List<JobRecord> due(DueQuery query) {
        return database.read("list due jobs", session -> JobLists.due(session, query));
    }

    @Override
    public List<JobRecord> history(HistoryQuery query) {
        return database.read("list the history", session -> JobLists.history(session, query));
    }

    @Override
    public Optional<Workflow> occupant(DatabaseId of) {
        return database.read("look who holds database " + of, session -> SlotTable.occupant(session, of));
    }

    @Override
    public Optional<Workflow> acquire(DatabaseId of, Workflow workflow) {
        for (int i = 0; i < TRIES; i++) {
            try {
                return database.tryInsert("take the slot of database " + of, session -> {
                    SlotTable.take(session, of, workflow);
                    return Optional.empty();
                });
            } catch (SQLIntegrityConstraintViolationException e) {
                Optional<Workflow> holder = occupant(of);
                if (holder.isPresent()) {
                    return holder.filter(other -> !other.equals(workflow));
                }
            }
        }
        throw slotTooBusy("take the slot", of);
    }

    private static ProviderException slotTooBusy(String what, DatabaseId database) {
        return new ProviderException(
                ErrorKind.UNAVAILABLE,
                "Cannot " + what + ": the slot of database " + database + " was taken and given back " + TRIES
                        + " times meanwhile");
    }

    @Override
    public void release(DatabaseId of, Workflow workflow) {
        database.run("give back the slot of database " + of, session -> SlotTable.release(session, of, workflow));
    }

    @Override
    public List<String> needing(DatabaseId of, String segment) {
        return database.read("look who needs a segment", session -> SegmentTable.needing(session, of, segment));
    }

    @Override
    public List<String> unshared(String job) {
        return database.read("list what only job " + job + " needs", session -> SegmentTable.unshared(session, job));
    }

    @Override
    public SegmentBytes segmentBytes(DatabaseId of, Set<String> jobs) {
        requireFew("jobs", jobs.size(), MOST_ADDED_UP);
        return jobs.isEmpty()
                ? new SegmentBytes(0, 0)
                : database.read("add up segments", session -> SegmentTable.bytes(session, of, jobs));
    }

    @Override
    public void remove(JobRecord seen, List<BackupEvent> events) {
        if (!seen.status().ended()) {
            throw InvalidRequestException.of("job to be removed", seen.id(), "it has not ended");
        }
        database.run("remove job " + seen.id(), session -> {
            // The row first, as a write does: two that lock the same rows the other way round wait for each other.
            written(session, JobTable.lock(session, seen), seen);
            SegmentTable.forget(session, seen);
            KeyTable.forget(session, seen.id());
            JobTable.remove(session, seen.id());
            for (BackupEvent event : events) {
                OutboxTable.add(session, event);
            }
            return true;
        });
    }

    @Override
    public List<DatabaseId> databases(@Nullable DatabaseId after, int limit) {
        requireLimit("databases", limit);
        return database.read("list databases", session -> JobLists.databases(session, after, limit));
    }

    @Override
    public Optional<SettingRecord> setting(String name) {
        return database.read("find setting " + name, session -> SettingTable.find(session, name));
    }

    @Override
    public Optional<SettingRecord> write(SettingRecord next) {
        String what = "write setting " + next.name();
        if (next.version() != 0) {
            return database.run(what, session -> SettingTable.write(session, next));
        }
        try {
            return database.tryInsert(what, session -> Optional.of(SettingTable.insert(session, next)));
        } catch (SQLIntegrityConstraintViolationException e) {
            LOG.debug("Somebody else made setting {} first", next.name(), e);
            return Optional.empty();
        }
    }

    private static void requireFew(String what, int count, int most) {
        if (count > most) {
            throw InvalidRequestException.of(what, "of " + count, "there must be at most " + most);
        }
    }

    private static void requireLimit(String what, int limit) {
        if (limit < 1 || limit > MOST) {
            throw InvalidRequestException.of("limit of " + what, String.valueOf(limit), "it must be 1 to 1,000");
        }
    }

    @Override
    public Set<String> adopt(List<AdoptedJob> jobs) {
        requireFew("adopted jobs", jobs.size(), MOST);
        for (int i = 0; i < TRIES; i++) {
            try {
                return database.tryInsert("take up backups", session -> Insertion.adopt(session, jobs));
            } catch (SQLIntegrityConstraintViolationException e) {
                LOG.debug("Somebody else takes up backups at the same time; what is there by now is left alone", e);
            }
        }
        throw new ProviderException(
                ErrorKind.UNAVAILABLE, "Cannot take up backups: others keep inserting the same ones");
    }

    @Override
    public Optional<ScheduleRecord> schedule(DatabaseId of) {
        return database.read("find the schedule of database " + of, session -> ScheduleTable.find(session, of));
    }

    @Override
    public ScheduleAnswer write(ScheduleWrite write) {
        DatabaseId of = write.next().database();
        String what = "write the schedule of database " + of;
        for (int i = 0; i < TRIES; i++) {
            try {
                return database.tryInsert(what, session -> Scheduling.write(session, write));
            } catch (SQLIntegrityConstraintViolationException e) {
                Optional<ScheduleAnswer> answer = database.run(what, session -> Scheduling.whatIsThere(session, write));
                if (answer.isPresent()) {
                    return answer.get();
                }
            }
        }
        throw slotTooBusy(what, of);
    }

    @Override
    public boolean unschedule(ScheduleRecord seen) {
        return database.run(
                "remove the schedule of database " + seen.database(), session -> ScheduleTable.remove(session, seen));
    }

    @Override
    public List<ScheduleRecord> dueSchedules(int limit) {
        requireLimit("due schedules", limit);
        return database.read("list due schedules", session -> ScheduleTable.due(session, limit));
    }

    @Override
    public List<BackupEvent> undelivered(int limit) {
        requireLimit("events", limit);
        return database.read("list events", session -> OutboxTable.oldest(session, limit));
    }

    @Override
    public void delivered(String event) {
        database.run("take an event off the outbox", session -> OutboxTable.remove(session, event));
    }

    @Override
    public GaugeReading gauges(Duration lateAfter) {
        return database.read("read the gauges", session -> GaugeQueries.read(session, lateAfter));
    }

    /** Closes the connections that it opened by itself; a data source that was handed in stays open. */
    @Override
    public void close() {
        close(own);
    }

    private static void close(@Nullable UrlDataSource own) {
        if (own == null) {
            return;
        }
        try {
            own.close();
        } catch (SQLException e) {
            LOG.debug("The catalog's connection could not be closed", e);
        }
    }
}
