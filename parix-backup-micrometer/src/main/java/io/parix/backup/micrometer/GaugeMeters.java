package io.parix.backup.micrometer;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.parix.backup.BackupException;
import io.parix.backup.GaugeReading;
import io.parix.backup.GaugeReading.Due;
import io.parix.backup.GaugeReading.Queue;
import io.parix.backup.Gauges;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * What the catalog counts, as gauges (spec J1). Every node of an installation shows the same, also just after its start: take the
 * maximum over nodes, never their sum. Safe for concurrent calls.
 *
 * <p>A catalog that does not answer makes every gauge not a number, but {@value #ANSWERS}, which is 0 then: no comparison with what is
 * not a number raises an alert, so alert on that one as well.
 */
public final class GaugeMeters implements MeterBinder {
    /** The name of the gauge that tells whether the others are known. */
    public static final String ANSWERS = "parix.backup.catalog.answers";

    private static final double NANOS_PER_SECOND = 1e9;

    private final Gauges gauges;

    /**
     * Meters of one installation.
     *
     * @param gauges the running engine's, which remembers a reading for a while: a scrape of all meters asks the catalog at most once
     */
    public GaugeMeters(Gauges gauges) {
        this.gauges = gauges;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder(ANSWERS, gauges, GaugeMeters::answers)
                .description("1 while the catalog answers, 0 while all other gauges are unknown")
                .strongReference(true)
                .register(registry);
        queue(registry, "backup", GaugeReading::backups);
        queue(registry, "restore", GaugeReading::restores);
        due(registry, "clean-up", GaugeReading::cleanUps);
        fleet(registry);
        Meter.bytes("parix.backup.stored", reading -> reading.stored().bytes())
                .description("What the segments of all backups take in storage")
                .register(registry, gauges, Tags.empty());
    }

    private void queue(MeterRegistry registry, String kind, Function<GaugeReading, Queue> queue) {
        Tags tags = Tags.of("kind", kind);
        Meter jobs = Meter.count(
                        "parix.backup.jobs", reading -> queue.apply(reading).queued())
                .description("Jobs that have not ended");
        jobs.register(registry, gauges, tags.and("status", "queued"));
        jobs.of(reading -> queue.apply(reading).running()).register(registry, gauges, tags.and("status", "running"));
        Meter.seconds(
                        "parix.backup.jobs.queued.longest",
                        reading -> queue.apply(reading).longestQueued())
                .description("How long ago the oldest queued job was asked for")
                .register(registry, gauges, tags);
        due(registry, kind, reading -> queue.apply(reading).due());
    }

    private void due(MeterRegistry registry, String kind, Function<GaugeReading, Due> due) {
        Tags tags = Tags.of("kind", kind);
        Meter.count("parix.backup.jobs.due", reading -> due.apply(reading).jobs())
                .description("Jobs whose time has come and that no worker holds")
                .register(registry, gauges, tags);
        Meter.seconds(
                        "parix.backup.jobs.due.longest",
                        reading -> due.apply(reading).longest())
                .description("For how long the first of them has been due")
                .register(registry, gauges, tags);
    }

    private void fleet(MeterRegistry registry) {
        Meter.count(
                        "parix.backup.databases.scheduled",
                        reading -> reading.fleet().scheduled())
                .description("Databases whose schedule is enabled")
                .register(registry, gauges, Tags.empty());
        Meter.count("parix.backup.databases.never", reading -> reading.fleet().never())
                .description("Those of them that have no completed backup")
                .register(registry, gauges, Tags.empty());
        Meter.count("parix.backup.databases.late", reading -> reading.fleet().late())
                .description("Those of them that have been without a backup for too long")
                .register(registry, gauges, Tags.empty());
        Meter.seconds(
                        "parix.backup.databases.longest",
                        reading -> reading.fleet().longestWithoutBackup())
                .description("The longest that one of them has been without a backup")
                .register(registry, gauges, Tags.empty());
        Meter.seconds(
                        "parix.backup.runs.overdue.longest",
                        reading -> reading.fleet().longestOverdueRun())
                .description("How late the run is that should have begun first and has not")
                .register(registry, gauges, Tags.empty());
    }

    private static double answers(Gauges gauges) {
        try {
            gauges.read();
            return 1;
        } catch (BackupException e) {
            return 0;
        }
    }

    /** A gauge before it is registered. */
    private record Meter(String name, String unit, String words, ToDoubleFunction<GaugeReading> value) {
        static Meter count(String name, ToDoubleFunction<GaugeReading> value) {
            return new Meter(name, "", "", value);
        }

        static Meter bytes(String name, ToDoubleFunction<GaugeReading> value) {
            return new Meter(name, "bytes", "", value);
        }

        static Meter seconds(String name, Function<GaugeReading, Duration> value) {
            return new Meter(
                    name, "seconds", "", reading -> value.apply(reading).toNanos() / NANOS_PER_SECOND);
        }

        Meter description(String text) {
            return new Meter(name, unit, text, value);
        }

        Meter of(ToDoubleFunction<GaugeReading> other) {
            return new Meter(name, unit, words, other);
        }

        void register(MeterRegistry registry, Gauges gauges, Tags tags) {
            Gauge.builder(name, gauges, this::read)
                    .baseUnit(unit.isEmpty() ? null : unit)
                    .description(words)
                    .tags(tags)
                    .strongReference(true)
                    .register(registry);
        }

        /** Not a number where nothing is known: a zero would say that all is well. */
        private double read(Gauges gauges) {
            try {
                return value.applyAsDouble(gauges.read());
            } catch (BackupException e) {
                return Double.NaN;
            }
        }
    }
}
