package io.parix.backup.engine.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.spi.catalog.Wake;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ThreadDispatcherTest {
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
    private static final Duration OFTEN = Duration.ofMillis(10);
    private static final Duration SELDOM = Duration.ofDays(1);

    private final Set<Thread> before = ours();

    @Test
    @DisplayName("I3 no thread lives before start, none after close")
    void threads() throws InterruptedException {
        ThreadDispatcher dispatcher = new ThreadDispatcher(2, OFTEN, () -> NOW);
        assertThat(ours()).isEqualTo(before);
        CountDownLatch looked = new CountDownLatch(1);
        dispatcher.start(Set.of(), job -> looked.countDown(), () -> {});
        dispatcher.wake(new Wake("b1", "eu", NOW));
        looked.await();
        assertThat(ours()).isNotEqualTo(before);

        dispatcher.close();
        dispatcher.close();

        assertThat(ours()).isEqualTo(before);
        dispatcher.wake(new Wake("b2", "eu", NOW));
        assertThat(ours()).isEqualTo(before);
    }

    @Test
    @DisplayName("I3 closing what was never started does nothing")
    void neverStarted() {
        ThreadDispatcher dispatcher = new ThreadDispatcher(1, OFTEN, () -> NOW);
        dispatcher.wake(new Wake("b1", "eu", NOW));
        dispatcher.close();
        assertThat(ours()).isEqualTo(before);
    }

    @Test
    @DisplayName("I3 close returns only once a running tick has ended, and does not interrupt it")
    void closeAwaitsTheTick() throws InterruptedException {
        CountDownLatch inTick = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        ConcurrentLinkedQueue<String> order = new ConcurrentLinkedQueue<>();
        ThreadDispatcher dispatcher = new ThreadDispatcher(1, OFTEN, () -> NOW);
        dispatcher.start(Set.of(), job -> {}, () -> {
            inTick.countDown();
            order.add(endOf(goOn));
        });
        inTick.await();
        Thread closer = new Thread(() -> {
            dispatcher.close();
            order.add("closed");
        });
        closer.start();
        goOn.countDown();
        closer.join();

        assertThat(List.copyOf(order)).endsWith("closed").doesNotContain("interrupted");
        assertThat(ours()).isEqualTo(before);
    }

    @Test
    @DisplayName("B8 a wake-up in the future holds no worker: one worker serves others meanwhile")
    void laterHoldsNoThread() throws InterruptedException {
        CountDownLatch looked = new CountDownLatch(1);
        ThreadDispatcher dispatcher = new ThreadDispatcher(1, SELDOM, () -> NOW);
        dispatcher.start(
                Set.of(),
                job -> {
                    assertThat(job).isEqualTo("now");
                    looked.countDown();
                },
                () -> {});
        dispatcher.wake(new Wake("later", "eu", NOW.plus(Duration.ofHours(1))));
        dispatcher.wake(new Wake("now", "eu", NOW.minusSeconds(1)));
        assertThat(looked.await(20, TimeUnit.SECONDS)).isTrue();
        dispatcher.close();
    }

    @Test
    @DisplayName("J5 no more jobs run at once than there are workers, and all get their turn")
    void bounded() throws InterruptedException {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(20);
        ThreadDispatcher dispatcher = new ThreadDispatcher(2, SELDOM, () -> NOW);
        dispatcher.start(
                Set.of(),
                job -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    running.decrementAndGet();
                    all.countDown();
                },
                () -> {});
        for (int i = 0; i < 20; i++) {
            dispatcher.wake(new Wake("b" + i, "eu", NOW));
        }
        all.await();
        dispatcher.close();
        assertThat(most.get()).isBetween(1, 2);
    }

    @Test
    @DisplayName("B4 a job woken while it is being looked at is looked at once more")
    void wokenMeanwhile() throws InterruptedException {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch woken = new CountDownLatch(1);
        CountDownLatch twice = new CountDownLatch(2);
        ThreadDispatcher dispatcher = new ThreadDispatcher(1, SELDOM, () -> NOW);
        dispatcher.start(
                Set.of(),
                job -> {
                    first.countDown();
                    endOf(woken);
                    twice.countDown();
                },
                () -> {});
        dispatcher.wake(new Wake("b1", "eu", NOW));
        first.await();
        dispatcher.wake(new Wake("b1", "eu", NOW));
        woken.countDown();
        twice.await();
        dispatcher.close();
        assertThat(twice.getCount()).isZero();
    }

    @Test
    @DisplayName(
            "B4 neither a tick nor a look that throws, an error of linking among them, ends the ticking or a worker")
    void throwing() throws InterruptedException {
        CountDownLatch ticks = new CountDownLatch(3);
        CountDownLatch looks = new CountDownLatch(3);
        ThreadDispatcher dispatcher = new ThreadDispatcher(1, OFTEN, () -> NOW);
        dispatcher.start(
                Set.of(),
                job -> {
                    looks.countDown();
                    throw new NoClassDefFoundError("com/example/Sdk");
                },
                () -> {
                    ticks.countDown();
                    throw new NoClassDefFoundError("com/example/Sdk");
                });
        for (int i = 0; i < 3; i++) {
            dispatcher.wake(new Wake("b" + i, "eu", NOW));
        }
        ticks.await();
        looks.await();
        dispatcher.close();
        assertThat(ours()).isEqualTo(before);
    }

    private static String endOf(CountDownLatch latch) {
        try {
            latch.await();
            return "ended";
        } catch (InterruptedException e) {
            return "interrupted";
        }
    }

    private static Set<Thread> ours() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("parix-"))
                .collect(Collectors.toSet());
    }
}
