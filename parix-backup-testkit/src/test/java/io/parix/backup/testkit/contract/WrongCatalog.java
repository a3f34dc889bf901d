package io.parix.backup.testkit.contract;

import io.parix.backup.BackupEvent;
import io.parix.backup.DatabaseId;
import io.parix.backup.GaugeReading;
import io.parix.backup.Workflow;
import io.parix.backup.spi.catalog.AdoptedJob;
import io.parix.backup.spi.catalog.Catalog;
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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Hands every call on to a catalog that is right; mutants override what they do wrong. */
class WrongCatalog implements Catalog {
    final Catalog right;

    WrongCatalog(Catalog right) {
        this.right = right;
    }

    @Override
    public Instant now() {
        return right.now();
    }

    @Override
    public String installation() {
        return right.installation();
    }

    @Override
    public Inserted insert(NewJob job) {
        return right.insert(job);
    }

    @Override
    public Optional<JobRecord> find(String id) {
        return right.find(id);
    }

    @Override
    public List<JobRecord> find(Set<String> ids) {
        return right.find(ids);
    }

    @Override
    public List<String> unshared(String job) {
        return right.unshared(job);
    }

    @Override
    public SegmentBytes segmentBytes(DatabaseId database, Set<String> jobs) {
        return right.segmentBytes(database, jobs);
    }

    @Override
    public void remove(JobRecord seen, List<BackupEvent> events) {
        right.remove(seen, events);
    }

    @Override
    public List<DatabaseId> databases(@Nullable DatabaseId after, int limit) {
        return right.databases(after, limit);
    }

    @Override
    public Optional<SettingRecord> setting(String name) {
        return right.setting(name);
    }

    @Override
    public Optional<SettingRecord> write(SettingRecord next) {
        return right.write(next);
    }

    @Override
    public Optional<JobRecord> keyed(DatabaseId database, JobKind kind, String key) {
        return right.keyed(database, kind, key);
    }

    @Override
    public JobRecord claim(JobRecord seen, String worker, Duration lease) {
        return right.claim(seen, worker, lease);
    }

    @Override
    public void heartbeat(JobRecord held, Duration lease, StepProgress progress) {
        right.heartbeat(held, lease, progress);
    }

    @Override
    public JobRecord write(JobWrite write) {
        return right.write(write);
    }

    @Override
    public List<JobRecord> due(DueQuery query) {
        return right.due(query);
    }

    @Override
    public List<JobRecord> history(HistoryQuery query) {
        return right.history(query);
    }

    @Override
    public Optional<Workflow> occupant(DatabaseId database) {
        return right.occupant(database);
    }

    @Override
    public Optional<Workflow> acquire(DatabaseId database, Workflow workflow) {
        return right.acquire(database, workflow);
    }

    @Override
    public void release(DatabaseId database, Workflow workflow) {
        right.release(database, workflow);
    }

    @Override
    public List<String> needing(DatabaseId database, String segment) {
        return right.needing(database, segment);
    }

    @Override
    public Set<String> adopt(List<AdoptedJob> jobs) {
        return right.adopt(jobs);
    }

    @Override
    public Optional<ScheduleRecord> schedule(DatabaseId database) {
        return right.schedule(database);
    }

    @Override
    public ScheduleAnswer write(ScheduleWrite write) {
        return right.write(write);
    }

    @Override
    public boolean unschedule(ScheduleRecord seen) {
        return right.unschedule(seen);
    }

    @Override
    public List<ScheduleRecord> dueSchedules(int limit) {
        return right.dueSchedules(limit);
    }

    @Override
    public List<BackupEvent> undelivered(int limit) {
        return right.undelivered(limit);
    }

    @Override
    public void delivered(String event) {
        right.delivered(event);
    }

    @Override
    public GaugeReading gauges(Duration lateAfter) {
        return right.gauges(lateAfter);
    }
}
