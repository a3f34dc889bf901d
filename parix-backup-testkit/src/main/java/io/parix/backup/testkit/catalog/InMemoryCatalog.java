package io.parix.backup.testkit.catalog;

import io.parix.backup.BackupEvent;
import io.parix.backup.DatabaseId;
import io.parix.backup.GaugeReading;
import io.parix.backup.InvalidRequestException;
import io.parix.backup.Workflow;
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
import io.parix.backup.spi.catalog.WriteCondition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A catalog in memory. Everything is gone with the process; in all else it behaves as a durable one does.
 *
 * <p>Safe for concurrent calls. Several engines may share one instance, as several nodes share a database.
 */
public final class InMemoryCatalog implements Catalog {
    private static final int MOST = 1_000;
    private static final int MOST_ADDED_UP = 10_000;

    private final InstantSource clock;
    private final String installation;
    private final JobTable rows = new JobTable();
    private final Map<DatabaseId, Workflow> slots = new HashMap<>();
    private final Map<DatabaseId, Long> fences = new HashMap<>();
    private final JobKeys keys = new JobKeys();
    private final SegmentNeeds segments = new SegmentNeeds();
    private final Map<String, SettingRecord> settings = new HashMap<>();
    private final ScheduleTable schedules = new ScheduleTable();
    private final Map<String, BackupEvent> outbox = new LinkedHashMap<>();

    /**
     * An empty catalog, whose installation is named after the instant of its making.
     *
     * @param clock the catalog's clock
     */
    public InMemoryCatalog(InstantSource clock) {
        this(clock, String.format(Locale.ROOT, "%032x", micros(clock.instant())));
    }

    /**
     * An empty catalog of a given installation.
     *
     * @param clock the catalog's clock
     * @param installation what {@link #installation()} answers
     */
    public InMemoryCatalog(InstantSource clock, String installation) {
        this.clock = clock;
        this.installation = installation;
    }

    @Override
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public String installation() {
        return installation;
    }

    @Override
    public synchronized Inserted insert(NewJob job) {
        JobRecord row = kept(job.row());
        Optional<JobRecord> earlier =
                Optional.ofNullable(job.idempotencyKey()).flatMap(key -> keyed(row.database(), row.kind(), key));
        if (earlier.isPresent()) {
            return new Inserted.Existing(earlier.get());
        }
        Optional<Inserted> inTheWay = inTheWay(row);
        if (inTheWay.isPresent()) {
            return inTheWay.get();
        }
        rows.put(row);
        slotOf(row).ifPresent(slot -> slots.put(row.database(), slot));
        if (job.idempotencyKey() != null) {
            keys.put(new JobKeys.Key(row.database(), row.kind(), job.idempotencyKey()), row.id());
        }
        job.asked().ifPresent(event -> outbox.put(event.id(), event));
        return new Inserted.Created(row);
    }

    private Optional<Inserted> inTheWay(JobRecord row) {
        JobRecord same = rows.get(row.id());
        Optional<Workflow> slot = slotOf(row);
        Workflow holder = slot.isPresent() ? slots.get(row.database()) : null;
        if (same != null && (slot.isEmpty() || slot.get().equals(holder))) {
            return Optional.of(new Inserted.Existing(same));
        }
        if (holder != null) {
            return Optional.of(new Inserted.Occupied(holder));
        }
        if (same != null) {
            throw new CatalogConflictException(row.id(), 0, same);
        }
        return Optional.empty();
    }

    @Override
    public synchronized Optional<JobRecord> find(String id) {
        return Optional.ofNullable(rows.get(id));
    }

    @Override
    public synchronized List<JobRecord> find(Set<String> ids) {
        requireFew("ids", ids.size(), MOST);
        return new TreeSet<>(ids)
                .stream().flatMap(id -> Stream.ofNullable(rows.get(id))).toList();
    }

    @Override
    public synchronized Optional<JobRecord> keyed(DatabaseId database, JobKind kind, String key) {
        return Optional.ofNullable(keys.job(new JobKeys.Key(database, kind, key)))
                .map(this::row);
    }

    @Override
    public synchronized JobRecord claim(JobRecord seen, String worker, Duration lease) {
        JobRecord actual = rows.get(seen.id());
        if (actual == null || actual.version() != seen.version() || isLive(actual.claim())) {
            throw new CatalogConflictException(seen.id(), seen.version(), actual);
        }
        long fence = fences.merge(seen.database(), micros(now()), (last, clocked) -> Math.max(last + 1, clocked));
        return put(actual, new Claim(worker, fence, now().plus(lease)), actual.progress());
    }

    @Override
    public synchronized void heartbeat(JobRecord held, Duration lease, StepProgress progress) {
        JobRecord actual = rows.get(held.id());
        Claim mine = held.claim();
        if (actual == null
                || actual.claim() == null
                || mine == null
                || actual.claim().fence() != mine.fence()) {
            throw new CatalogConflictException(held.id(), held.version(), actual);
        }
        Claim renewed = new Claim(mine.worker(), mine.fence(), now().plus(lease));
        rows.put(withClaim(actual, actual.version(), renewed, progress));
    }

    @Override
    public synchronized JobRecord write(JobWrite write) {
        JobRecord next = kept(write.next());
        JobRecord actual = rows.get(next.id());
        if (actual == null || actual.version() != next.version() || !sameFence(actual.claim(), next.claim())) {
            throw new CatalogConflictException(next.id(), next.version(), actual);
        }
        for (WriteCondition condition : write.conditions()) {
            if (!holds(condition)) {
                throw new CatalogConflictException(next, condition);
            }
        }
        JobRecord written = put(next, goesOn(next) ? actual.claim() : null, next.progress());
        if (next.status().ended()) {
            slotOf(next).ifPresent(slot -> slots.remove(next.database(), slot));
        }
        if (!write.segments().isEmpty()) {
            segments.record(next, write.segments());
        }
        write.events().forEach(event -> outbox.put(event.id(), event));
        return written;
    }

    private boolean holds(WriteCondition condition) {
        if (condition instanceof WriteCondition.ClaimStands claim) {
            return find(claim.job())
                    .flatMap(JobRecord::claimed)
                    .filter(there -> there.fence() == claim.fence() && isLive(there))
                    .isPresent();
        } else if (condition instanceof WriteCondition.JobStands job) {
            return find(job.job()).filter(row -> row.version() == job.version()).isPresent();
        }
        WriteCondition.SettingStands setting = (WriteCondition.SettingStands) condition;
        return setting.version()
                == setting(setting.name()).map(SettingRecord::version).orElse(0L);
    }

    @Override
    public synchronized List<JobRecord> due(DueQuery query) {
        Stream<JobRecord> far = query.furthest() == null ? Stream.empty() : rows.later(now().plus(query.furthest()));
        return Stream.concat(rows.due(now()), far)
                .filter(row -> !isLive(row.claim()))
                .filter(query::holds)
                .limit(query.limit())
                .toList();
    }

    @Override
    public synchronized List<JobRecord> history(HistoryQuery query) {
        return rows.history(query).limit(query.limit()).toList();
    }

    @Override
    public synchronized Optional<Workflow> occupant(DatabaseId database) {
        return Optional.ofNullable(slots.get(database));
    }

    @Override
    public synchronized Optional<Workflow> acquire(DatabaseId database, Workflow workflow) {
        Workflow holder = slots.putIfAbsent(database, workflow);
        return holder == null || holder.equals(workflow) ? Optional.empty() : Optional.of(holder);
    }

    @Override
    public synchronized void release(DatabaseId database, Workflow workflow) {
        slots.remove(database, workflow);
    }

    @Override
    public synchronized List<String> needing(DatabaseId database, String segment) {
        return segments.needing(database, segment);
    }

    @Override
    public synchronized List<String> unshared(String job) {
        return segments.unshared(job);
    }

    @Override
    public synchronized SegmentBytes segmentBytes(DatabaseId database, Set<String> jobs) {
        requireFew("jobs", jobs.size(), MOST_ADDED_UP);
        return segments.bytes(database, jobs);
    }

    @Override
    public synchronized void remove(JobRecord seen, List<BackupEvent> events) {
        if (!seen.status().ended()) {
            throw InvalidRequestException.of("job to be removed", seen.id(), "it has not ended");
        }
        JobRecord actual = rows.get(seen.id());
        if (actual == null || actual.version() != seen.version() || !sameFence(actual.claim(), seen.claim())) {
            throw new CatalogConflictException(seen.id(), seen.version(), actual);
        }
        rows.remove(seen.id());
        segments.forget(seen.id());
        keys.forget(seen.id());
        events.forEach(event -> outbox.put(event.id(), event));
    }

    @Override
    public synchronized List<DatabaseId> databases(@Nullable DatabaseId after, int limit) {
        requireLimit("databases", limit);
        return rows.databases(after).limit(limit).toList();
    }

    @Override
    public synchronized Optional<SettingRecord> setting(String name) {
        return Optional.ofNullable(settings.get(name));
    }

    @Override
    public synchronized Optional<SettingRecord> write(SettingRecord next) {
        SettingRecord actual = settings.get(next.name());
        if (next.version() != (actual == null ? 0 : actual.version())) {
            return Optional.empty();
        }
        SettingRecord written = new SettingRecord(next.name(), next.version() + 1, next.payload());
        settings.put(next.name(), written);
        return Optional.of(written);
    }

    @Override
    public synchronized Set<String> adopt(List<AdoptedJob> jobs) {
        requireFew("adopted jobs", jobs.size(), MOST);
        Set<String> taken = new TreeSet<>();
        for (AdoptedJob job : jobs) {
            if (rows.get(job.row().id()) == null) {
                rows.put(kept(job.row()));
                segments.record(job.row(), job.segments());
                taken.add(job.row().id());
            }
        }
        return taken;
    }

    @Override
    public synchronized Optional<ScheduleRecord> schedule(DatabaseId database) {
        return Optional.ofNullable(schedules.get(database));
    }

    @Override
    public synchronized ScheduleAnswer write(ScheduleWrite write) {
        ScheduleRecord next = write.next();
        ScheduleRecord actual = schedules.get(next.database());
        if (next.version() != (actual == null ? 0 : actual.version())) {
            return new ScheduleAnswer.Moved(actual);
        }
        JobRecord started = null;
        if (write.job() != null) {
            Inserted inserted = insert(write.job());
            if (inserted instanceof Inserted.Occupied occupied) {
                return new ScheduleAnswer.Occupied(occupied.by());
            }
            started = inserted instanceof Inserted.Existing existing
                    ? existing.row()
                    : row(write.job().row().id());
        }
        ScheduleRecord written = new ScheduleRecord(
                next.database(),
                (actual == null ? schedules.versionBefore(next.database()) : actual.version()) + 1,
                next.due().map(at -> at.truncatedTo(ChronoUnit.MICROS)).orElse(null),
                next.lookAgain().map(at -> at.truncatedTo(ChronoUnit.MICROS)).orElse(null),
                next.payload());
        schedules.put(written, now());
        write.events().forEach(event -> outbox.put(event.id(), event));
        return new ScheduleAnswer.Written(written, started);
    }

    @Override
    public synchronized boolean unschedule(ScheduleRecord seen) {
        ScheduleRecord actual = schedules.get(seen.database());
        boolean same = actual != null && actual.version() == seen.version();
        if (same) {
            schedules.remove(seen);
        }
        return same;
    }

    @Override
    public synchronized List<ScheduleRecord> dueSchedules(int limit) {
        requireLimit("due schedules", limit);
        Stream<ScheduleRecord> far = schedules.later(now().plus(ScheduleRecord.FURTHEST));
        return Stream.concat(schedules.due(now()), far).limit(limit).toList();
    }

    @Override
    public synchronized List<BackupEvent> undelivered(int limit) {
        requireLimit("events", limit);
        return outbox.values().stream().limit(limit).toList();
    }

    @Override
    public synchronized void delivered(String event) {
        outbox.remove(event);
    }

    @Override
    public synchronized GaugeReading gauges(Duration lateAfter) {
        return new GaugeCount(now(), rows).read(schedules.enabled(), lateAfter, segments.total());
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

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private JobRecord row(String id) {
        return find(id).orElseThrow(() -> new CatalogConflictException(id, 0, null));
    }

    private JobRecord put(JobRecord row, @Nullable Claim claim, StepProgress progress) {
        JobRecord next = withClaim(row, row.version() + 1, claim, progress);
        rows.put(next);
        return next;
    }

    /** The row with its instants as a database keeps them: to the microsecond, the rest cut off. */
    private static JobRecord kept(JobRecord row) {
        Instant again = row.lookAgainAt();
        return new JobRecord(
                row.id(),
                row.version(),
                row.kind(),
                row.database(),
                row.region(),
                row.status(),
                row.step(),
                row.attempt(),
                row.requestedAt().truncatedTo(ChronoUnit.MICROS),
                again == null ? null : again.truncatedTo(ChronoUnit.MICROS),
                row.claim(),
                row.strikes(),
                row.progress(),
                row.payload());
    }

    private static JobRecord withClaim(JobRecord row, long version, @Nullable Claim claim, StepProgress progress) {
        return new JobRecord(
                row.id(),
                version,
                row.kind(),
                row.database(),
                row.region(),
                row.status(),
                row.step(),
                row.attempt(),
                row.requestedAt(),
                row.lookAgainAt(),
                claim,
                row.strikes(),
                progress,
                row.payload());
    }

    private boolean goesOn(JobRecord row) {
        return !row.status().ended()
                && row.due().filter(at -> !at.isAfter(now())).isPresent();
    }

    private boolean isLive(@Nullable Claim claim) {
        return claim != null && claim.until().isAfter(now());
    }

    private static boolean sameFence(@Nullable Claim actual, @Nullable Claim carried) {
        return actual == null ? carried == null : carried != null && actual.fence() == carried.fence();
    }

    private static Optional<Workflow> slotOf(JobRecord row) {
        return row.kind().workflow().map(kind -> new Workflow(kind, row.id()));
    }
}
