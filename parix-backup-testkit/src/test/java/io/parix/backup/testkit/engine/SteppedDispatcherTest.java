package io.parix.backup.testkit.engine;

import io.parix.backup.spi.catalog.Dispatcher;
import io.parix.backup.testkit.contract.DispatchContract;
import java.time.Instant;
import java.util.ServiceConfigurationError;
import org.junit.jupiter.api.DisplayName;

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

    private static boolean runs(SteppedDispatcher stepped) {
        try {
            return stepped.runNext();
        } catch (NoClassDefFoundError | ServiceConfigurationError e) {
            // It shows its caller what a look throws; another thread would go on.
            return true;
        }
    }
}
