package io.parix.backup.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a host puts in of its own that no invariant needs to know. */
class OwnListenerTest {
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong asked = new AtomicLong();

    private Ports own(Ports right) {
        return right.withVolumes(database -> {
                    asked.incrementAndGet();
                    return right.volumes().of(database);
                })
                .withListener(event -> {
                    // By the event alone, so that a seed is the same run again.
                    if (event.id().hashCode() % 3 == 0) {
                        failed.incrementAndGet();
                        throw new IllegalStateException("this listener fails on a third of all events");
                    }
                });
    }

    @Test
    @DisplayName("J1 I2 every invariant holds with a host's own volumes, and with a listener that fails")
    void holds() throws InterruptedException {
        Seeds.Outcome outcome = Seeds.run(Simulation.on(this::own), 0, 30, 2, () -> false);

        assertThat(outcome.runs()).isEqualTo(30);
        assertThat(outcome.failed()).isEmpty();
        assertThat(failed).hasPositiveValue();
        assertThat(asked).hasPositiveValue();
    }
}
