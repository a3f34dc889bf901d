package io.parix.backup.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parix.backup.spi.catalog.Dispatcher;
import io.parix.backup.spi.catalog.Wake;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every {@link Dispatcher} must do, the requirements DSP of {@code docs/catalog-spi.md}. */
public interface DispatchContract extends DispatchFixture {
    /** How a thread looks that waits. */
    Set<Thread.State> WAITS = Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

    /** How often a close that should wait is seen waiting before that is believed. */
    int WAITS_SEEN = 20;

    /** The time between two looks at it. */
    long LOOK_MILLIS = 5;

    private Wake due(String job) {
        return new Wake(job, "eu", now());
    }

    private void await(Dispatcher dispatcher, CountDownLatch latch) throws InterruptedException {
        settle(dispatcher);
        assertThat(latch.await(patience().toMillis(), TimeUnit.MILLISECONDS))
                .as("happened in time")
                .isTrue();
    }

    @Test
    @DisplayName("DSP-01 what is due is looked at, each job by its id")
    default void delivers() throws Exception {
        CountDownLatch looked = new CountDownLatch(3);
        Set<String> jobs = ConcurrentHashMap.newKeySet();
        try (Dispatcher dispatcher = dispatcher()) {
            dispatcher.start(
                    Set.of(),
                    job -> {
                        if (jobs.add(job)) {
                            looked.countDown();
                        }
                    },
                    () -> {});
            List.of("b1", "b2", "b3").forEach(job -> dispatcher.wake(due(job)));
            await(dispatcher, looked);
        }
        assertThat(jobs).containsExactlyInAnyOrder("b1", "b2", "b3");
    }

    @Test
    @DisplayName("DSP-02 nothing is looked at before its instant, and what waits keeps nobody from working")
    default void waits() throws Exception {
        CountDownLatch looked = new CountDownLatch(1);
        Queue<String> jobs = new ConcurrentLinkedQueue<>();
        try (Dispatcher dispatcher = dispatcher()) {
            dispatcher.start(
                    Set.of(),
                    job -> {
                        jobs.add(job);
                        if (job.equals("now")) {
                            looked.countDown();
                        }
                    },
                    () -> {});
            for (int i = 0; i < 10; i++) {
                dispatcher.wake(new Wake("later-" + i, "eu", now().plus(Duration.ofDays(1))));
            }
            dispatcher.wake(due("now"));
            await(dispatcher, looked);
        }
        assertThat(jobs).containsOnly("now");
    }

    @Test
    @DisplayName("DSP-03 of several wake-ups of a job the earliest counts, in whichever order they come")
    default void movesForward() throws Exception {
        CountDownLatch looked = new CountDownLatch(2);
        Set<String> jobs = ConcurrentHashMap.newKeySet();
        try (Dispatcher dispatcher = dispatcher()) {
            dispatcher.start(
                    Set.of(),
                    job -> {
                        if (jobs.add(job)) {
                            looked.countDown();
                        }
                    },
                    () -> {});
            Duration day = Duration.ofDays(1);
            dispatcher.wake(new Wake("b1", "eu", now().plus(day)));
            dispatcher.wake(due("b1"));
            dispatcher.wake(due("b2"));
            dispatcher.wake(new Wake("b2", "eu", now().plus(day)));
            await(dispatcher, looked);
        }
    }

    @Test
    @DisplayName("DSP-04 a job that is asked for while it is looked at is looked at once more")
    default void looksOnceMore() throws Exception {
        CountDownLatch twice = new CountDownLatch(2);
        try (Dispatcher dispatcher = dispatcher()) {
            dispatcher.start(
                    Set.of(),
                    job -> {
                        if (twice.getCount() == 2) {
                            dispatcher.wake(due("b1"));
                        }
                        twice.countDown();
                    },
                    () -> {});
            dispatcher.wake(due("b1"));
            await(dispatcher, twice);
        }
    }

    @Test
    @DisplayName("DSP-05 a wake-up goes to those who serve its region, and to nobody else")
    default void keepsToRegions() throws Exception {
        Queue<String> here = new ConcurrentLinkedQueue<>();
        CountDownLatch both = new CountDownLatch(2);
        try (Dispatcher dispatcher = dispatcher()) {
            dispatcher.start(
                    Set.of("eu", "ap"),
                    job -> {
                        here.add(job);
                        both.countDown();
                    },
                    () -> {});
            dispatcher.wake(new Wake("in-us", "us", now()));
            dispatcher.wake(new Wake("in-eu", "eu", now()));
            dispatcher.wake(new Wake("in-ap", "ap", now()));
            await(dispatcher, both);
            deliversElsewhere(another(dispatcher));
        }
        assertThat(here).containsOnly("in-eu", "in-ap");
    }

    private void deliversElsewhere(Optional<Dispatcher> other) throws Exception {
        if (other.isPresent()) {
            CountDownLatch there = new CountDownLatch(1);
            try (Dispatcher dispatcher = other.get()) {
                dispatcher.start(
                        Set.of("us"),
                        job -> {
                            if (job.equals("in-us")) {
                                there.countDown();
                            }
                        },
                        () -> {});
                await(dispatcher, there);
            }
        }
    }

    @Test
    @DisplayName("DSP-06 a look that throws, be it an error of linking or loading, keeps nobody from looking further")
    default void survivesLooks() throws Exception {
        CountDownLatch looks = new CountDownLatch(5);
        try (Dispatcher dispatcher = dispatcher()) {
            dispatcher.start(
                    Set.of(),
                    job -> {
                        looks.countDown();
                        throw error(looks.getCount());
                    },
                    () -> {});
            for (int i = 0; i < 5; i++) {
                dispatcher.wake(due("b" + i));
            }
            await(dispatcher, looks);
        }
    }

    private static Error error(long turn) {
        return turn % 2 == 0
                ? new NoClassDefFoundError("com/example/Sdk")
                : new ServiceConfigurationError("com.example.Sdk: no provider");
    }

    @Test
    @DisplayName("DSP-07 the tick comes again and again, one at a time, also after it threw")
    default void ticks() throws Exception {
        CountDownLatch ticks = new CountDownLatch(4);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (Dispatcher dispatcher = dispatcher()) {
            dispatcher.start(Set.of(), job -> {}, () -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                ticks.countDown();
                running.decrementAndGet();
                throw error(ticks.getCount());
            });
            for (int i = 0; i < 3; i++) {
                settle(dispatcher);
            }
            await(dispatcher, ticks);
        }
        assertThat(most).hasValue(1);
    }

    @Test
    @DisplayName(
            "DSP-08 no thread lives before start, none after close; closing again, or what was never started, does nothing")
    default void keepsNoThreads() throws Exception {
        Set<Thread> before = threads();
        Dispatcher never = dispatcher();
        assertThat(threads()).isSubsetOf(before);
        never.close();
        CountDownLatch looked = new CountDownLatch(1);
        Dispatcher dispatcher = dispatcher();
        assertThat(threads()).isSubsetOf(before);
        dispatcher.start(Set.of(), job -> looked.countDown(), () -> {});
        dispatcher.wake(due("b1"));
        await(dispatcher, looked);
        dispatcher.close();
        dispatcher.close();
        assertThat(threads()).isSubsetOf(before);
        dispatcher.wake(due("b2"));
        assertThat(threads()).isSubsetOf(before);
    }

    @Test
    @DisplayName("DSP-09 close returns when no look runs any more, and does not interrupt one that ends by itself")
    default void closesAfterTheLastLook() throws Exception {
        closesAfter((dispatcher, busy) -> {
            dispatcher.start(Set.of(), job -> busy.run(), () -> {});
            dispatcher.wake(due("b1"));
        });
    }

    @Test
    @DisplayName("DSP-09 close returns when no tick runs any more, and does not interrupt one that ends by itself")
    default void closesAfterTheLastTick() throws Exception {
        closesAfter((dispatcher, busy) -> dispatcher.start(Set.of(), job -> {}, busy));
    }

    private void closesAfter(BiConsumer<Dispatcher, Runnable> start) throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Queue<String> order = new ConcurrentLinkedQueue<>();
        Set<Thread> before = threads();
        Dispatcher dispatcher = dispatcher();
        start.accept(dispatcher, () -> {
            inside.countDown();
            order.add(endOf(goOn));
        });
        assumeTrue(!threads().equals(before), "not verified: this dispatcher works in the threads of others");
        await(dispatcher, inside);
        Thread closer = new Thread(() -> {
            dispatcher.close();
            order.add("closed");
        });
        closer.start();
        letItComeToAWrongEnd(closer);
        goOn.countDown();
        closer.join();
        // What comes after this instant was not done when close returned.
        assertThat(List.copyOf(order)).endsWith("closed").contains("ended").doesNotContain("interrupted");
    }

    /**
     * It may wait for something else on its way to an end that comes too early. What counts is how often it is seen waiting, not the
     * time: on a busy machine a thread that could go on may not come to it for long, and does not wait meanwhile.
     */
    private void letItComeToAWrongEnd(Thread closer) throws InterruptedException {
        long looks = patience().toMillis() / LOOK_MILLIS;
        for (int waits = 0; waits < WAITS_SEEN && looks > 0 && closer.isAlive(); looks--) {
            waits += WAITS.contains(closer.getState()) ? 1 : 0;
            closer.join(LOOK_MILLIS);
        }
    }

    private static String endOf(CountDownLatch latch) {
        try {
            latch.await();
            return "ended";
        } catch (InterruptedException e) {
            return "interrupted";
        }
    }

    @Test
    @DisplayName("DSP-11 after how long it takes over from the dead is more than zero, and the same for every process")
    default void saysWhenItTakesOver() throws Exception {
        Dispatcher first = dispatcher();
        Optional<Duration> dead = first.deadAfter();
        assertThat(dead.orElse(Duration.ofNanos(1))).isPositive();
        first.start(Set.of(), job -> {}, () -> {});
        assertThat(first.deadAfter()).isEqualTo(dead);
        first.close();
        for (Dispatcher second : another(first).stream().toList()) {
            assertThat(second.deadAfter()).isEqualTo(dead);
            second.close();
        }
    }

    @Test
    @DisplayName("DSP-10 wake-ups outlive the process that asked, where they are durable")
    default void outlivesProcesses() throws Exception {
        Dispatcher first = dispatcher();
        first.start(Set.of("us"), job -> {}, () -> {});
        first.wake(due("b1"));
        first.close();
        Optional<Dispatcher> second = another(first);
        assumeTrue(second.isPresent(), "not verified: wake-ups end with their process");
        CountDownLatch looked = new CountDownLatch(1);
        try (Dispatcher dispatcher = second.get()) {
            dispatcher.start(
                    Set.of(),
                    job -> {
                        if (job.equals("b1")) {
                            looked.countDown();
                        }
                    },
                    () -> {});
            await(dispatcher, looked);
        }
    }
}
