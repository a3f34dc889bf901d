package io.parix.backup.testkit.simulation;

import io.parix.backup.spi.catalog.Dispatcher;
import io.parix.backup.spi.catalog.Wake;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The wake-ups that all nodes share, as those of one database would be. */
final class Wakes {
    private record Queued(Wake wake, long order) {
        Instant at() {
            return wake.at();
        }
    }

    private final PriorityQueue<Queued> queue =
            new PriorityQueue<>(Comparator.comparing(Queued::at).thenComparing(Queued::order));
    private long orders;

    /** When the next one is due. */
    Optional<Instant> next() {
        return Optional.ofNullable(queue.peek()).map(Queued::at);
    }

    /** Takes the next one where it is due. */
    Optional<String> take(Instant now) {
        return next().filter(at -> !at.isAfter(now))
                .map(at -> queue.remove().wake().job());
    }

    /** One node's way to them. */
    static final class Inbox implements Dispatcher {
        private final Wakes wakes;
        private @Nullable Consumer<String> look;
        private @Nullable Runnable tick;

        Inbox(Wakes wakes) {
            this.wakes = wakes;
        }

        @Override
        public void start(Set<String> served, Consumer<String> worker, Runnable ticker) {
            look = worker;
            tick = ticker;
        }

        @Override
        public void wake(Wake wake) {
            wakes.queue.add(new Queued(wake, wakes.orders++));
        }

        void look(String job) {
            if (look != null) {
                look.accept(job);
            }
        }

        void tick() {
            if (tick != null) {
                tick.run();
            }
        }

        @Override
        public void close() {}
    }
}
