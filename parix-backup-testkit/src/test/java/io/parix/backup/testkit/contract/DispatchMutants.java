package io.parix.backup.testkit.contract;

import io.parix.backup.spi.catalog.Dispatcher;
import io.parix.backup.spi.catalog.Wake;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Dispatchers that are wrong on purpose, by what they do. */
final class DispatchMutants {
    private static final Map<String, UnaryOperator<Dispatcher>> BY_NAME = new LinkedHashMap<>();

    private DispatchMutants() {}

    /** {@return every wrong dispatcher there is} */
    static Map<String, UnaryOperator<Dispatcher>> all() {
        return BY_NAME;
    }

    /** How a start goes wrong. */
    interface Start {
        void start(Dispatcher right, Set<String> regions, Consumer<String> worker, Runnable tick);
    }

    private static void start(String name, Start wrong) {
        BY_NAME.put(name, dispatcher -> new WrongDispatcher(dispatcher) {
            @Override
            public void start(Set<String> regions, Consumer<String> worker, Runnable tick) {
                wrong.start(right, regions, worker, tick);
            }
        });
    }

    /** Passes on the wake-ups that it is asked to. */
    private static void wake(String name, BiPredicate<WrongDispatcher, Wake> passes) {
        BY_NAME.put(name, dispatcher -> new WrongDispatcher(dispatcher) {
            @Override
            public void wake(Wake wake) {
                if (passes.test(this, wake)) {
                    super.wake(wake);
                }
            }
        });
    }

    static {
        AtomicInteger count = new AtomicInteger();
        wake("DSP-01 every second wake-up is lost", (own, wake) -> count.incrementAndGet() % 2 == 0);
        start(
                "DSP-01 the id is not the job's",
                (right, regions, worker, tick) -> right.start(regions, job -> worker.accept(job + "-1"), tick));
        wake("DSP-02 instants are ignored", (own, wake) -> {
            own.right.wake(new Wake(wake.job(), wake.region(), Instant.EPOCH));
            return false;
        });
        BY_NAME.put("DSP-03 the first wake-up of a job counts", dispatcher -> new WrongDispatcher(dispatcher) {
            private final Set<String> known = ConcurrentHashMap.newKeySet();

            @Override
            public void wake(Wake wake) {
                if (known.add(wake.job())) {
                    super.wake(wake);
                }
            }
        });
        BY_NAME.put("DSP-04 what is asked for during a look is dropped", dispatcher -> new WrongDispatcher(dispatcher) {
            private final Set<String> looking = ConcurrentHashMap.newKeySet();

            @Override
            public void start(Set<String> regions, Consumer<String> worker, Runnable tick) {
                super.start(
                        regions,
                        job -> {
                            looking.add(job);
                            worker.accept(job);
                            looking.remove(job);
                        },
                        tick);
            }

            @Override
            public void wake(Wake wake) {
                if (!looking.contains(wake.job())) {
                    super.wake(wake);
                }
            }
        });
        start("DSP-05 regions are ignored", (right, regions, worker, tick) -> right.start(Set.of(), worker, tick));
        BY_NAME.put("DSP-05 wake-ups of other regions are thrown away", dispatcher -> new WrongDispatcher(dispatcher) {
            @Override
            public void wake(Wake wake) {
                if (!wake.region().equals("us")) {
                    super.wake(wake);
                }
            }
        });
        AtomicBoolean broken = new AtomicBoolean();
        start("DSP-06 a look that throws is the last", (right, regions, worker, tick) -> {
            broken.set(false);
            right.start(
                    regions,
                    job -> {
                        if (!broken.getAndSet(true)) {
                            worker.accept(job);
                        }
                    },
                    tick);
        });
        start("DSP-07 a tick that throws is the last", (right, regions, worker, tick) -> {
            AtomicBoolean over = new AtomicBoolean();
            right.start(regions, worker, () -> {
                if (!over.getAndSet(true)) {
                    tick.run();
                }
            });
        });
        BY_NAME.put("DSP-08 a thread lives from the beginning", dispatcher -> {
            idle();
            return new WrongDispatcher(dispatcher);
        });
        BY_NAME.put("DSP-08 a thread outlives close", dispatcher -> new WrongDispatcher(dispatcher) {
            @Override
            public void close() {
                super.close();
                idle();
            }
        });
        BY_NAME.put("DSP-09 close does not wait", dispatcher -> new WrongDispatcher(dispatcher) {
            @Override
            public void close() {
                Thread later = new Thread(right::close, "closing");
                later.setDaemon(true);
                later.start();
            }
        });
        BY_NAME.put("DSP-11 whoever is slow is taken for dead at once", dispatcher -> new WrongDispatcher(dispatcher) {
            @Override
            public Optional<Duration> deadAfter() {
                return Optional.of(Duration.ZERO);
            }
        });
        BY_NAME.put("DSP-10 wake-ups die with the process", dispatcher -> new WrongDispatcher(dispatcher) {
            @Override
            public void close() {
                super.close();
                waiting.clear();
            }
        });
    }

    private static void idle() {
        Thread thread = new Thread(
                () -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "of an author's own name");
        thread.setDaemon(true);
        thread.start();
    }
}
