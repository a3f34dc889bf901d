package io.parix.backup.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SimulationTest {
    private static final long FIRST = Long.getLong("parix.simulation.first", 0);
    private static final int COUNT = Integer.getInteger("parix.simulation.seeds", 2_000);

    private final Simulation simulation = Simulation.inMemory();

    @Test
    @DisplayName(
            "I2 B3 B4 B7 C1 C3 F5 F7 G4 H3 H7 every invariant holds after every event, whatever goes wrong, on every seed")
    void holds() throws InterruptedException {
        Seeds.Outcome outcome = Seeds.run(simulation, FIRST, COUNT, 2, () -> false);

        List<String> failed = outcome.failed().stream()
                .limit(1)
                .map(simulation::shrink)
                .map(run -> "seed " + run.seed() + ": " + run.violation().orElseThrow() + "\n"
                        + String.join("\n", run.log()))
                .toList();
        assertThat(failed).isEmpty();
        assertThat(outcome.runs()).isEqualTo(COUNT);
        // Whoever takes faults or users away from the simulation makes it find nothing.
        assertThat(outcome.coverage().counts())
                .containsKeys(
                        "move backup completed > expiring",
                        "move backup exporting > unswept",
                        "move restore staging > undo-moving",
                        "move restore releasing > completed",
                        "ObjectStore.putIfAbsent meets death before it",
                        "ObjectStore.putIfAbsent meets death after it",
                        "ObjectStore.putIfAbsent lands late",
                        "Catalog.write loses its answer",
                        "host deletes",
                        "place loses");
    }

    @Test
    @DisplayName("I2 the same seed is the same run, event by event")
    void replays() {
        for (long seed = 0; seed < 12; seed++) {
            assertThat(simulation.run(seed).log())
                    .as("seed %d", seed)
                    .isEqualTo(simulation.run(seed).log());
        }
    }
}
