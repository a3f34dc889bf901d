package io.parix.backup.benchmarks;

import io.parix.backup.BackupId;
import io.parix.backup.Ownership;
import io.parix.backup.RetentionPeriod;
import io.parix.backup.RetentionSetting;
import io.parix.backup.RetentionSource;
import io.parix.backup.core.retention.RetentionCandidate;
import io.parix.backup.core.retention.RetentionCandidate.Manifest;
import io.parix.backup.core.retention.RetentionCandidate.Place;
import io.parix.backup.core.retention.RetentionCandidate.Stage;
import io.parix.backup.core.retention.RetentionFacts;
import io.parix.backup.core.retention.RetentionFacts.Floor;
import io.parix.backup.core.retention.RetentionPlan;
import io.parix.backup.core.retention.RetentionRules;
import io.parix.backup.host.DatabaseFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * Which of a database's backups stay and why, with one decision for each.
 *
 * <p>{@code benchmarks/run page}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RetentionPlans {
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
    private static final RetentionSetting SETTING =
            new RetentionSetting(RetentionPeriod.days(30), RetentionSource.ORGANIZATION, null);

    /** How many backups the database has. */
    @Param({"10", "400", "10000"})
    public int backups;

    private List<RetentionCandidate> candidates = List.of();

    /** One backup every six hours, in no order. */
    @Setup
    public void fill() {
        List<RetentionCandidate> drawn = new ArrayList<>(IntStream.range(0, backups)
                .mapToObj(i -> new RetentionCandidate(
                        new BackupId("b" + i),
                        Stage.COMPLETED,
                        NOW.minus(Duration.ofHours(6L * i + 1)),
                        NOW.minus(Duration.ofHours(6L * i + 2)),
                        null,
                        null,
                        null,
                        Ownership.OWN,
                        Place.REGISTERED,
                        Manifest.UNDOUBTED,
                        Set.of()))
                .toList());
        Collections.shuffle(drawn, new Random(7));
        candidates = List.copyOf(drawn);
    }

    /** {@return the plan, from the facts on} */
    @Benchmark
    public RetentionPlan plan() {
        RetentionFacts facts = new RetentionFacts(candidates, new DatabaseFacts.Unknown("benchmark"), Floor.KEEPS_LAST);
        return RetentionRules.plan(facts, SETTING, NOW);
    }

    /** {@return the same backups by their ends: what finding the newest of them takes, done plainly} */
    @Benchmark
    public List<RetentionCandidate> baseline() {
        return candidates.stream()
                .sorted(Comparator.comparing(candidate -> Objects.requireNonNull(candidate.endedAt())))
                .toList();
    }
}
