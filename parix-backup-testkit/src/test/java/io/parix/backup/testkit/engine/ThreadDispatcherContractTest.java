package io.parix.backup.testkit.engine;

import io.parix.backup.engine.dispatch.ThreadDispatcher;
import io.parix.backup.spi.catalog.Dispatcher;
import io.parix.backup.testkit.contract.DispatchContract;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

class ThreadDispatcherContractTest implements DispatchContract {
    @Override
    public Dispatcher dispatcher() {
        return new ThreadDispatcher(2, Duration.ofMillis(20), InstantSource.system());
    }

    @Override
    public Instant now() {
        return Instant.now();
    }
}
