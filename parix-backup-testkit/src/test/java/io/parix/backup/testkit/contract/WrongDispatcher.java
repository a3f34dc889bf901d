package io.parix.backup.testkit.contract;

import io.parix.backup.spi.catalog.Dispatcher;
import io.parix.backup.spi.catalog.Wake;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Hands every call on to a dispatcher that is right, and keeps what was not delivered for the next one. */
class WrongDispatcher implements Dispatcher {
    final Dispatcher right;
    final List<Wake> waiting;

    WrongDispatcher(Dispatcher right) {
        this(right, new CopyOnWriteArrayList<>());
    }

    WrongDispatcher(Dispatcher right, List<Wake> waiting) {
        this.right = right;
        this.waiting = waiting;
    }

    @Override
    public void start(Set<String> regions, Consumer<String> worker, Runnable tick) {
        right.start(
                regions,
                job -> {
                    waiting.removeIf(wake -> wake.job().equals(job));
                    worker.accept(job);
                },
                tick);
        waiting.forEach(right::wake);
    }

    @Override
    public void wake(Wake wake) {
        waiting.add(wake);
        right.wake(wake);
    }

    @Override
    public Optional<Duration> deadAfter() {
        return right.deadAfter();
    }

    @Override
    public void close() {
        right.close();
    }
}
