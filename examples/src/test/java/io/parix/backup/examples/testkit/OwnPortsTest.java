package io.parix.backup.examples.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.host.DatabaseDirectory;
import io.parix.backup.testkit.simulation.CrashEnumeration;
import io.parix.backup.testkit.simulation.Ports;
import io.parix.backup.testkit.simulation.Seeds;
import io.parix.backup.testkit.simulation.Simulation;
import io.parix.backup.testkit.simulation.Work;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OwnPortsTest {
    private final AtomicLong looks = new AtomicLong();

    /** Your port goes where this one is. */
    private Ports own(Ports ports) {
        DatabaseDirectory directory = ports.directory();
        return ports.withDirectory(database -> {
            looks.incrementAndGet();
            return directory.look(database);
        });
    }

    @Test
    @DisplayName("I2 every invariant holds on a host's own port, whatever goes wrong")
    void simulation() throws InterruptedException {
        Seeds.Outcome outcome = Seeds.run(Simulation.on(this::own), 0, 20, 2, () -> false);

        assertThat(outcome.runs()).isEqualTo(20);
        assertThat(outcome.failed()).isEmpty();
        assertThat(looks).hasPositiveValue();
    }

    @Test
    @DisplayName("I2 cancelling survives a death at each effect, on a host's own port")
    void deaths() {
        assertThat(CrashEnumeration.on(this::own).of(Work.CANCEL_WAITING).failed())
                .isEmpty();
    }
}
