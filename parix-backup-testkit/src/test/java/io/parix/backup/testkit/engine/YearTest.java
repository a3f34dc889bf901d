package io.parix.backup.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** {@code benchmarks/run year} runs it with many databases. */
class YearTest {
    private static final int DATABASES = Integer.getInteger("parix.year.databases", 6);
    private static final int DAYS = Integer.getInteger("parix.year.days", 366);

    /** Databases know nothing of each other, so each processor has an engine of its own. */
    private static final int ENGINES = Math.min(DATABASES, Runtime.getRuntime().availableProcessors());

    @Test
    @DisplayName(
            "G2 H3 a year of daily backups of many databases: every day once, made is kept and removed, nothing unowned")
    void year() {
        List<CompletableFuture<Integer>> parts = IntStream.range(0, ENGINES)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> part(DATABASES * i / ENGINES, DATABASES * (i + 1) / ENGINES),
                        run -> new Thread(run).start()))
                .toList();

        assertThat(parts.stream().mapToInt(CompletableFuture::join).sum()).isEqualTo(DATABASES * DAYS);
    }

    private static int part(int from, int to) {
        try (SimulatedYear year = new SimulatedYear(from, to, DAYS)) {
            year.run();
            return year.requireWhole();
        }
    }
}
