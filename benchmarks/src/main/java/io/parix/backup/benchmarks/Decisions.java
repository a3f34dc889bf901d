package io.parix.backup.benchmarks;

import io.parix.backup.ByteSize;
import io.parix.backup.CapturedProfile;
import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseProfile;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.JobStatus;
import io.parix.backup.Report;
import io.parix.backup.Shape;
import io.parix.backup.Verification;
import io.parix.backup.VerificationLevel;
import io.parix.backup.core.eligibility.BackupFacts;
import io.parix.backup.core.eligibility.CurrentFacts;
import io.parix.backup.core.eligibility.Eligibility;
import io.parix.backup.core.eligibility.Presence;
import io.parix.backup.core.eligibility.Retained;
import io.parix.backup.host.DatabaseFacts;
import java.time.Instant;
import java.util.List;
import java.util.Set;
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
 * What a page asks of {@code core} for each of its rows, the facts being there.
 *
 * <p>{@code benchmarks/run jmh Decisions}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class Decisions {
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");

    private final DatabaseProfile profile = new DatabaseProfile(
            new DatabaseId("benchmark"),
            "benchmark",
            DatabaseStatus.ACTIVE,
            "here",
            "local",
            new Shape(3, 2, ByteSize.gibibytes(8), "disk", ByteSize.gibibytes(100), "private", false, "0.17.8"),
            List.of());
    private final BackupFacts backup = new BackupFacts(
            JobStatus.COMPLETED,
            null,
            new Verification(VerificationLevel.WRITTEN, NOW, Report.empty()),
            new Presence(NOW, Report.empty(), Set.of(0, 1, 2)),
            3,
            CapturedProfile.of(profile),
            Retained.KEPT);
    private final CurrentFacts current =
            new CurrentFacts(new DatabaseFacts.Live(profile), List.of(), Set.of(DatabaseStatus.ACTIVE), null);

    /** {@return every check of whether a backup may be restored} */
    @Benchmark
    public Report eligibility() {
        return Eligibility.report(backup, current);
    }
}
