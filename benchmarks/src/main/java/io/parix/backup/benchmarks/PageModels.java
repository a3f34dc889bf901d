package io.parix.backup.benchmarks;

import io.parix.backup.Backup;
import io.parix.backup.Page;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * All that a dashboard shows of a database: 50 of its 400 backups with their eligibility and expiry, schedule, retention, summary.
 *
 * <p>{@code benchmarks/run page}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PageModels {
    /** Which catalog: in memory, where queries cost nothing, or an H2 in memory. */
    @Param({"memory", "h2"})
    public String catalog = "memory";

    private @Nullable FilledPage filled;

    /** Makes the backups. */
    @Setup
    public void fill() {
        filled = FilledPage.of(catalog);
    }

    /** Stops the engine. */
    @TearDown
    public void close() {
        filled().close();
    }

    private FilledPage filled() {
        return Objects.requireNonNull(filled);
    }

    /** {@return the first page} */
    @Benchmark
    public Page page() {
        return filled().page(FilledPage.ROWS);
    }

    /** {@return the 400 backups alone, by one query: which of them stay is told of all together} */
    @Benchmark
    public List<Backup> baseline() {
        return filled().backups();
    }
}
