package io.parix.backup.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.spi.catalog.Dispatcher;
import io.parix.backup.spi.catalog.Wake;
import io.parix.backup.testkit.contract.DispatchContract;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("I2 the stepped dispatcher passes the suite that real ones pass")
class SteppedDispatcherTest implements DispatchContract {
    private final VirtualClock clock = new VirtualClock(Instant.parse("2026-11-23T09:00:00Z"));

    @Override
    public Dispatcher dispatcher() {
        return new SteppedDispatcher(clock);
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public void settle(Dispatcher dispatcher) {
        SteppedDispatcher stepped = (SteppedDispatcher) dispatcher;
        boolean more = true;
        while (more) {
            more = runs(stepped);
        }
        try {
            stepped.tick();
        } catch (NoClassDefFoundError | ServiceConfigurationError e) {
            // It shows its caller what a tick throws; a timer would go on.
        }
    }

    @Test
    @DisplayName("I2 what is due is delivered, what is not due waits, and the clock stands")
    void runsWhatIsDue() {
        SteppedDispatcher stepped = new SteppedDispatcher(clock);
        List<String> looks = new ArrayList<>();
        stepped.start(
                Set.of(),
                job -> {
                    looks.add(job);
                    if (job.equals("first")) {
                        stepped.wake(wake("third", now()));
                    }
                },
                () -> {});
        stepped.wake(wake("later", now().plusMillis(1)));
        stepped.wake(wake("first", now()));
        stepped.wake(wake("second", now()));

        stepped.runDue();
        assertThat(looks).containsExactly("first", "second", "third");
        assertThat(now()).isEqualTo(Instant.parse("2026-11-23T09:00:00Z"));
        stepped.runUntilQuiet();
        assertThat(looks).endsWith("later");
    }

    @Test
    @DisplayName("I2 a job that is due again at once does not keep the caller for ever")
    void givesUp() {
        SteppedDispatcher stepped = new SteppedDispatcher(clock);
        stepped.start(Set.of(), job -> stepped.wake(wake(job, now())), () -> {});
        stepped.wake(wake("busy", now()));

        assertThatThrownBy(stepped::runDue)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("10,000");
    }

    private static Wake wake(String job, Instant at) {
        return new Wake(job, "here", at);
    }

    private static boolean runs(SteppedDispatcher stepped) {
        try {
            return stepped.runNext();
        } catch (NoClassDefFoundError | ServiceConfigurationError e) {
            // It shows its caller what a look throws; another thread would go on.
            return true;
        }
    }
}
