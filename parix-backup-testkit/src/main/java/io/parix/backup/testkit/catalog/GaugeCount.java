package io.parix.backup.testkit.catalog;

import io.parix.backup.ByteSize;
import io.parix.backup.DatabaseId;
import io.parix.backup.GaugeReading;
import io.parix.backup.GaugeReading.Due;
import io.parix.backup.GaugeReading.Fleet;
import io.parix.backup.GaugeReading.Queue;
import io.parix.backup.JobStatus;
import io.parix.backup.spi.catalog.HistoryQuery;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.ScheduleRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Counts what gauges show, at one instant.
 *
 * @param now the instant
 * @param rows the jobs
 */
record GaugeCount(Instant now, JobTable rows) {
    GaugeReading read(Map<ScheduleRecord, Instant> enabled, Duration lateAfter, ByteSize stored) {
        return new GaugeReading(
                now,
                queue(JobKind.BACKUP),
                queue(JobKind.RESTORE),
                due(JobKind.CLEAN_UP),
                fleet(enabled, lateAfter),
                stored);
    }

    private Queue queue(JobKind kind) {
        List<JobRecord> queued = of(kind, JobStatus.QUEUED).toList();
        return new Queue(
                queued.size(),
                of(kind, JobStatus.RUNNING).count(),
                longest(queued.stream().map(JobRecord::requestedAt)),
                due(kind));
    }

    private Stream<JobRecord> of(JobKind kind, JobStatus status) {
        return rows.all().stream().filter(row -> row.kind() == kind && row.status() == status);
    }

    private Due due(JobKind kind) {
        List<Instant> due = rows.due(now)
                .filter(row -> row.kind() == kind)
                .filter(row -> row.claimed()
                        .filter(claim -> claim.until().isAfter(now))
                        .isEmpty())
                .flatMap(row -> row.due().stream())
                .toList();
        return new Due(due.size(), longest(due.stream()));
    }

    private Fleet fleet(Map<ScheduleRecord, Instant> enabled, Duration lateAfter) {
        List<Instant> newest = new ArrayList<>();
        List<Instant> without = new ArrayList<>();
        enabled.forEach((row, since) -> {
            Optional<Instant> found = newest(row.database());
            found.ifPresent(newest::add);
            without.add(found.filter(at -> at.isAfter(since)).orElse(since));
        });
        return new Fleet(
                enabled.size(),
                enabled.size() - newest.size(),
                without.stream().filter(at -> at.isBefore(now.minus(lateAfter))).count(),
                lateAfter,
                longest(without.stream()),
                longest(enabled.keySet().stream().flatMap(row -> row.due().stream())));
    }

    private Optional<Instant> newest(DatabaseId database) {
        return rows.history(HistoryQuery.newest(database, JobKind.BACKUP, 1))
                .filter(row -> row.status() == JobStatus.COMPLETED)
                .map(JobRecord::requestedAt)
                .filter(at -> !at.isAfter(now))
                .findFirst();
    }

    /** Zero for what is to come, and where there is nothing. */
    private Duration longest(Stream<Instant> instants) {
        return instants.min(Comparator.naturalOrder())
                .filter(first -> first.isBefore(now))
                .map(first -> Duration.between(first, now))
                .orElse(Duration.ZERO);
    }
}
