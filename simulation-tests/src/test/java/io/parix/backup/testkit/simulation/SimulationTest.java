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
            "I2 A3 B1 B2 B3 B4 B5 B6 B7 B8 C1 C2 C3 C4 C6 C8 C10 C12 E12 F1 F3 F4 F5 F6 F7 G2 G3 G4 G5 G6 H1 H2 H3 H4 H5 H6 H7 H9 H11 J1"
                    + " every invariant holds after every event, whatever goes wrong, on every seed")
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
                        "ReplicaImages.capture gives an image that moves",
                        "host cuts images ahead",
                        "BackupListener.on meets death before it",
                        "BackupListener.on meets death after it",
                        "verification read-back passes",
                        "verification read-back finds damage",
                        "answer cancel Cancelled",
                        "answer cancel TooLate",
                        "user restore-misnamed",
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
