package io.parix.backup.testkit.simulation;

import static io.parix.backup.testkit.simulation.WrongPorts.catalog;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.NewJob;
import java.time.Duration;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ShrinkingTest {
    private final CountDownLatch never = new CountDownLatch(1);
    private final AtomicInteger hung = new AtomicInteger();

    @Test
    @DisplayName("I2 a failing run is made shorter and fails in the same way")
    void shrinks() {
        Simulation simulation = Simulation.on(Planted.IMAGES_KEPT);
        SimulationRun failed = simulation.run(0);

        SimulationRun shorter = simulation.shrink(failed);

        assertThat(shorter.violation().orElseThrow().invariant())
                .isEqualTo(failed.violation().orElseThrow().invariant());
        assertThat(shorter.taken().size()).isLessThan(failed.taken().size() / 4);
        assertThat(shorter.notShorter()).isEmpty();
    }

    @Test
    @DisplayName("I2 a run in which a process does not come back is made shorter, too, and waited for less long")
    void shrinksWhatHangs() {
        Simulation simulation = Simulation.on(this::hanging).waiting(Duration.ofMillis(200));
        SimulationRun failed = LongStream.range(0, 20)
                .mapToObj(simulation::run)
                .filter(run -> run.violation().isPresent())
                .findFirst()
                .orElseThrow();
        assertThat(failed.violation().orElseThrow().detail()).contains("does not give its turn back");

        SimulationRun shorter = simulation.shrink(failed);

        assertThat(shorter.violation().orElseThrow().invariant()).isEqualTo(Invariant.RUN_ENDS);
        assertThat(shorter.taken().size()).isLessThan(failed.taken().size());
        // One is the first run's.
        assertThat(hung).hasValueBetween(2, 1 + Shrinking.MOST_LOST);
    }

    @Test
    @DisplayName(
            "I2 once a process has not come back in a dozen repetitions a run is not repeated any more, which is said")
    void boundsWhatHangs() {
        NavigableMap<Long, Integer> all = new TreeMap<>();
        LongStream.range(0, 1_000).forEach(place -> all.put(place, 1));
        AtomicInteger repeated = new AtomicInteger();
        AtomicInteger lost = new AtomicInteger();

        SimulationRun shorter = new Shrinking(
                        run(all, true),
                        (choices, patience) -> {
                            repeated.incrementAndGet();
                            LongStream.range(0, 1_000).forEach(place -> choices.among(2));
                            boolean hangs = LongStream.range(0, 20)
                                    .allMatch(i -> choices.taken().containsKey(i * 50));
                            if (hangs) {
                                lost.incrementAndGet();
                                patience.lose();
                            }
                            return run(choices.taken(), hangs);
                        },
                        Duration.ofMinutes(1))
                .shortest();

        assertThat(lost).hasValue(Shrinking.MOST_LOST);
        assertThat(repeated).hasValueLessThan(Shrinking.MOST_RUNS);
        assertThat(shorter.taken().size()).isLessThan(1_000);
        assertThat(shorter.notShorter().orElseThrow()).contains("did not come back in 12 of its repetitions");
    }

    @Test
    @DisplayName("I2 a run is repeated three hundred times at most, and where that is not enough it is said")
    void boundsWhatFails() {
        NavigableMap<Long, Integer> all = new TreeMap<>();
        LongStream.range(0, 1_000).forEach(place -> all.put(place, 1));
        AtomicInteger repeated = new AtomicInteger();

        SimulationRun shorter = new Shrinking(
                        run(all, true),
                        (choices, patience) -> {
                            repeated.incrementAndGet();
                            LongStream.range(0, 1_000).forEach(place -> choices.among(2));
                            return run(choices.taken(), choices.taken().size() > 400);
                        },
                        Duration.ofMinutes(1))
                .shortest();

        assertThat(repeated).hasValue(Shrinking.MOST_RUNS);
        assertThat(shorter.taken().size()).isBetween(401, 500);
        assertThat(shorter.notShorter().orElseThrow()).contains("repeated 300 times");
    }

    private static SimulationRun run(NavigableMap<Long, Integer> taken, boolean fails) {
        Violation violation = fails ? new Violation(Invariant.RUN_ENDS, "it could not go on") : null;
        return new SimulationRun(0, violation, List.of(), new Coverage(), Duration.ZERO, taken);
    }

    /** Whoever asks for a backup waits for what never comes. */
    private Ports hanging(Ports right) {
        return catalog(right, "insert", (call, there) -> {
            if (call.argument(NewJob.class).row().kind() == JobKind.BACKUP) {
                hung.incrementAndGet();
                never.await();
            }
            return call.right();
        });
    }
}
