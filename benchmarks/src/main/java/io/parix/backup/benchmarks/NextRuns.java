package io.parix.backup.benchmarks;

import io.parix.backup.Cadence;
import io.parix.backup.DatabaseId;
import io.parix.backup.core.schedule.RunCalendar;
import io.parix.backup.core.schedule.ScheduledRun;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * When a schedule runs next, in a zone whose clock is changed twice a year.
 *
 * <p>{@code benchmarks/run page}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class NextRuns {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final int DAYS = 365;

    private final RunCalendar calendar =
            RunCalendar.of(Cadence.daily("02:30", "Europe/Berlin"), new DatabaseId("benchmark"), Duration.ofHours(1));
    private int day;

    /** {@return the next run from one day of the year, from one to the next} */
    @Benchmark
    public ScheduledRun next() {
        return calendar.after(today());
    }

    /** {@return the same time tomorrow, as {@code java.time} tells it: what any such answer takes at least} */
    @Benchmark
    public Instant baseline() {
        return ZonedDateTime.ofInstant(today(), ZONE).plusDays(1).toInstant();
    }

    private Instant today() {
        day = (day + 1) % DAYS;
        return START.plus(Duration.ofDays(day));
    }
}
