package io.parix.backup.testkit.catalog;

import io.parix.backup.ByteSize;
import io.parix.backup.DatabaseId;
import io.parix.backup.GaugeReading;
import io.parix.backup.GaugeReading.Due;
import io.parix.backup.GaugeReading.Fleet;
import io.parix.backup.GaugeReading.Queue;
import io.parix.backup.JobStatus;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.ScheduleRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Counts what gauges show, at one instant.
 *
 * @param now the instant
 * @param rows every job
 */
record GaugeCount(Instant now, Collection<JobRecord> rows) {
    GaugeReading read(ScheduleRows schedules, Duration lateAfter, ByteSize stored) {
        return new GaugeReading(
                now,
                queue(JobKind.BACKUP),
                queue(JobKind.RESTORE),
                due(JobKind.CLEAN_UP),
                fleet(schedules, lateAfter),
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
        return rows.stream().filter(row -> row.kind() == kind && row.status() == status);
    }

    private Due due(JobKind kind) {
        List<Instant> due = rows.stream()
                .filter(row -> row.kind() == kind)
                .filter(row -> row.claimed()
                        .filter(claim -> claim.until().isAfter(now))
                        .isEmpty())
                .flatMap(row -> row.due().stream())
                .filter(at -> !at.isAfter(now))
                .toList();
        return new Due(due.size(), longest(due.stream()));
    }

    private Fleet fleet(ScheduleRows schedules, Duration lateAfter) {
        List<ScheduleRecord> enabled =
                schedules.all().stream().filter(row -> row.due().isPresent()).toList();
        List<Instant> without = enabled.stream()
                .map(row -> later(newest(row.database()), schedules.enabledAt(row, now)))
                .toList();
        return new Fleet(
                enabled.size(),
                enabled.stream().filter(row -> newest(row.database()).isEmpty()).count(),
                without.stream().filter(at -> at.isBefore(now.minus(lateAfter))).count(),
                lateAfter,
                longest(without.stream()),
                longest(enabled.stream().flatMap(row -> row.due().stream())));
    }

    private Optional<Instant> newest(DatabaseId database) {
        return of(JobKind.BACKUP, JobStatus.COMPLETED)
                .filter(row -> row.database().equals(database))
                .map(JobRecord::requestedAt)
                .max(Comparator.naturalOrder());
    }

    private static Instant later(Optional<Instant> newest, Instant enabledAt) {
        return newest.filter(at -> at.isAfter(enabledAt)).orElse(enabledAt);
    }

    /** Zero for what is to come, and where there is nothing. */
    private Duration longest(Stream<Instant> instants) {
        return instants.min(Comparator.naturalOrder())
                .filter(first -> first.isBefore(now))
                .map(first -> Duration.between(first, now))
                .orElse(Duration.ZERO);
    }
}
