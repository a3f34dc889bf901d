package io.parix.backup.testkit.contract;

import io.parix.backup.ByteSize;
import io.parix.backup.DatabaseId;
import io.parix.backup.GaugeReading;
import io.parix.backup.GaugeReading.Due;
import io.parix.backup.GaugeReading.Fleet;
import io.parix.backup.GaugeReading.Queue;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.HistoryQuery;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.JobWrite;
import io.parix.backup.spi.catalog.ScheduleAnswer;
import io.parix.backup.spi.catalog.ScheduleRecord;
import io.parix.backup.spi.catalog.ScheduleWrite;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Catalogs whose gauges are wrong, each named for what it shows and the requirement that it breaks. */
final class GaugeMutants {
    static final CatalogMutants MUTANTS = new CatalogMutants();

    private GaugeMutants() {}

    /** How a reading goes wrong. */
    interface Reading {
        GaugeReading read(Catalog right, Duration lateAfter);
    }

    private static void gauges(String name, Reading wrong) {
        MUTANTS.add(name, catalog -> new WrongCatalog(catalog) {
            @Override
            public GaugeReading gauges(Duration lateAfter) {
                return wrong.read(right, lateAfter);
            }
        });
    }

    private static void backups(String name, UnaryOperator<Queue> wrong) {
        gauges(name, (right, lateAfter) -> {
            GaugeReading is = right.gauges(lateAfter);
            return new GaugeReading(
                    is.at(), wrong.apply(is.backups()), is.restores(), is.cleanUps(), is.fleet(), is.stored());
        });
    }

    private static void fleet(String name, UnaryOperator<Fleet> wrong) {
        gauges(name, (right, lateAfter) -> {
            GaugeReading is = right.gauges(lateAfter);
            return new GaugeReading(
                    is.at(), is.backups(), is.restores(), is.cleanUps(), wrong.apply(is.fleet()), is.stored());
        });
    }

    static {
        backups(
                "CAT-74 running jobs count as queued",
                is -> new Queue(is.queued() + is.running(), 0, is.longestQueued(), is.due()));
        backups("CAT-74 nobody waits for long", is -> new Queue(is.queued(), is.running(), Duration.ZERO, is.due()));
        gauges("CAT-74 the reading is dated by a clock that is slow", (right, lateAfter) -> {
            GaugeReading is = right.gauges(lateAfter);
            Instant slow = is.at().minusSeconds(1);
            return new GaugeReading(slow, is.backups(), is.restores(), is.cleanUps(), is.fleet(), is.stored());
        });
        gauges("CAT-74 restores count as backups", (right, lateAfter) -> {
            GaugeReading is = right.gauges(lateAfter);
            Queue both = new Queue(
                    is.backups().queued() + is.restores().queued(),
                    is.backups().running() + is.restores().running(),
                    is.backups().longestQueued(),
                    is.backups().due());
            return new GaugeReading(is.at(), both, is.restores(), is.cleanUps(), is.fleet(), is.stored());
        });
        backups("CAT-75 nothing is due", is -> new Queue(is.queued(), is.running(), is.longestQueued(), Due.NOTHING));
        backups(
                "CAT-75 what is queued is due",
                is -> new Queue(
                        is.queued(),
                        is.running(),
                        is.longestQueued(),
                        new Due(is.queued(), is.due().longest())));
        gauges("CAT-75 clean-ups are never due", (right, lateAfter) -> {
            GaugeReading is = right.gauges(lateAfter);
            return new GaugeReading(is.at(), is.backups(), is.restores(), Due.NOTHING, is.fleet(), is.stored());
        });
        fleets();
        MUTANTS.add("CAT-76 a run is due when it is looked at", catalog -> new WrongCatalog(catalog) {
            @Override
            public ScheduleAnswer write(ScheduleWrite write) {
                ScheduleRecord next = write.next();
                return right.write(new ScheduleWrite(
                        new ScheduleRecord(next.database(), next.version(), next.lookAgainAt(), next.payload()),
                        write.job(),
                        write.events()));
            }
        });
        pausesAreForgotten();
        MUTANTS.add("CAT-77 the last backup counts, however much younger the schedule is", SinceTheLastBackup::new);
        stored();
    }

    private static void fleets() {
        fleet(
                "CAT-76 a late run is not told",
                is -> new Fleet(
                        is.scheduled(),
                        is.never(),
                        is.late(),
                        is.lateAfter(),
                        is.longestWithoutBackup(),
                        Duration.ZERO));
        fleet(
                "CAT-76 one schedule more",
                is -> new Fleet(
                        is.scheduled() + 1,
                        is.never(),
                        is.late(),
                        is.lateAfter(),
                        is.longestWithoutBackup(),
                        is.longestOverdueRun()));
        gauges("CAT-77 late is always two days", (right, lateAfter) -> {
            GaugeReading is = right.gauges(Duration.ofDays(2));
            Fleet fleet = new Fleet(
                    is.fleet().scheduled(),
                    is.fleet().never(),
                    is.fleet().late(),
                    lateAfter,
                    is.fleet().longestWithoutBackup(),
                    is.fleet().longestOverdueRun());
            return new GaugeReading(is.at(), is.backups(), is.restores(), is.cleanUps(), fleet, is.stored());
        });
        fleet(
                "CAT-77 who never had a backup is not late",
                is -> new Fleet(
                        is.scheduled(),
                        is.never(),
                        is.late() - Math.min(is.late(), is.never()),
                        is.lateAfter(),
                        is.longestWithoutBackup(),
                        is.longestOverdueRun()));
        fleet(
                "CAT-77 who has a backup is not late",
                is -> new Fleet(
                        is.scheduled(),
                        is.never(),
                        Math.min(is.late(), is.never()),
                        is.lateAfter(),
                        is.longestWithoutBackup(),
                        is.longestOverdueRun()));
    }

    /** Enabled anew with every run: then a database whose runs all fail is never late. */
    private static void pausesAreForgotten() {
        MUTANTS.add("CAT-77 a schedule counts as enabled since its last write", catalog -> new WrongCatalog(catalog) {
            @Override
            public ScheduleAnswer write(ScheduleWrite write) {
                ScheduleRecord next = write.next();
                if (next.version() == 0 || next.dueAt() == null) {
                    return right.write(write);
                }
                ScheduleAnswer paused = right.write(
                        ScheduleWrite.of(new ScheduleRecord(next.database(), next.version(), null, next.payload())));
                return paused instanceof ScheduleAnswer.Written written
                        ? right.write(new ScheduleWrite(
                                new ScheduleRecord(
                                        next.database(), written.row().version(), next.dueAt(), next.payload()),
                                write.job(),
                                write.events()))
                        : paused;
            }
        });
    }

    private static final class SinceTheLastBackup extends WrongCatalog {
        private final Set<DatabaseId> scheduled = new HashSet<>();

        SinceTheLastBackup(Catalog right) {
            super(right);
        }

        @Override
        public ScheduleAnswer write(ScheduleWrite write) {
            scheduled.add(write.next().database());
            return right.write(write);
        }

        @Override
        public GaugeReading gauges(Duration lateAfter) {
            GaugeReading is = right.gauges(lateAfter);
            List<Duration> without = scheduled.stream()
                    .flatMap(database -> right.history(HistoryQuery.newest(database, JobKind.BACKUP, 1)).stream())
                    .map(row -> Duration.between(row.requestedAt(), is.at()))
                    .toList();
            Fleet fleet = is.fleet();
            Fleet wrong = new Fleet(
                    fleet.scheduled(),
                    fleet.never(),
                    without.stream().filter(age -> age.compareTo(lateAfter) > 0).count(),
                    lateAfter,
                    without.stream().max(Duration::compareTo).orElse(Duration.ZERO),
                    fleet.longestOverdueRun());
            return new GaugeReading(is.at(), is.backups(), is.restores(), is.cleanUps(), wrong, is.stored());
        }
    }

    private static void stored() {
        MUTANTS.add("CAT-78 what was stored counts for ever", catalog -> new WrongCatalog(catalog) {
            private long most;

            @Override
            public GaugeReading gauges(Duration lateAfter) {
                GaugeReading is = right.gauges(lateAfter);
                most = Math.max(most, is.stored().bytes());
                return with(is, most);
            }
        });
        MUTANTS.add("CAT-78 each backup counts what it needs", catalog -> new WrongCatalog(catalog) {
            private long sum;

            @Override
            public JobRecord write(JobWrite write) {
                JobRecord written = right.write(write);
                sum += write.segments().values().stream()
                        .mapToLong(bytes -> bytes)
                        .sum();
                return written;
            }

            @Override
            public GaugeReading gauges(Duration lateAfter) {
                return with(right.gauges(lateAfter), sum);
            }
        });
        gauges("CAT-78 sizes are cut to 32 bits", (right, lateAfter) -> {
            GaugeReading is = right.gauges(lateAfter);
            return with(is, Integer.toUnsignedLong((int) is.stored().bytes()));
        });
    }

    private static GaugeReading with(GaugeReading is, long stored) {
        return new GaugeReading(is.at(), is.backups(), is.restores(), is.cleanUps(), is.fleet(), new ByteSize(stored));
    }
}
