package io.parix.backup.catalog.jdbc;

import io.parix.backup.spi.catalog.Dispatcher;
import io.parix.backup.testkit.contract.DispatchContract;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class H2DispatcherTest implements DispatchContract {
    private final DispatchBench bench = new DispatchBench(TestPlace.H2_MEMORY);

    @BeforeEach
    void open() throws Exception {
        bench.open();
    }

    @Override
    public Dispatcher dispatcher() {
        return bench.dispatcher();
    }

    @Override
    public Optional<Dispatcher> another(Dispatcher first) throws Exception {
        return Optional.of(bench.another());
    }

    @Override
    public Instant now() {
        return bench.catalog().now();
    }

    /** A pool of connections has threads of its own, which come and go. */
    @Override
    public Set<Thread> threads() {
        return DispatchContract.super.threads().stream()
                .filter(thread -> thread.getName().startsWith("parix-"))
                .collect(Collectors.toSet());
    }

    @AfterEach
    void close() {
        bench.close();
    }
}
