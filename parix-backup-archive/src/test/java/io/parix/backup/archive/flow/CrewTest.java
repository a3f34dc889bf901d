package io.parix.backup.archive.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.archive.Archives;
import io.parix.backup.spi.ProviderException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CrewTest {
    private final ExecutorService pool = Executors.newFixedThreadPool(4);

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    private static Workbench bench(Executor executor) {
        return new Workbench(executor, Path.of("."), Archives.call(), ByteProgress.NONE);
    }

    private static Member counting(AtomicInteger left) {
        return () -> left.getAndDecrement() > 0;
    }

    @Test
    void neverMoreThreadsThanAskedForWork() {
        AtomicInteger members = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(3);
        new Crew(bench(pool), 3, 0).run(() -> {
            members.incrementAndGet();
            return () -> {
                all.countDown();
                try {
                    all.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return false;
            };
        });
        assertThat(members).hasValue(3);
    }

    @Test
    void aThreadThatComesTooLateFindsTheWorkEnded() {
        List<Runnable> late = new ArrayList<>();
        AtomicInteger left = new AtomicInteger(10);
        AtomicInteger members = new AtomicInteger();
        new Crew(bench(late::add), 3, 0).run(() -> {
            members.incrementAndGet();
            return counting(left);
        });
        assertThat(late).hasSize(2);
        for (Runnable task : late) {
            pool.execute(task);
        }
        pool.shutdown();
        assertThat(pool)
                .satisfies(p -> assertThat(p.awaitTermination(1, java.util.concurrent.TimeUnit.MINUTES))
                        .isTrue());
        assertThat(members).hasValue(1);
    }

    @Test
    void theFirstFailureEndsTheWorkOfAllAndIsThrownUnchanged() {
        IllegalStateException failure = new IllegalStateException("broken");
        AtomicInteger turn = new AtomicInteger();
        AtomicInteger closed = new AtomicInteger();
        assertThatThrownBy(() -> new Crew(bench(pool), 4, 0).run(() -> new Member() {
                    @Override
                    public boolean step() {
                        if (turn.incrementAndGet() == 100) {
                            throw failure;
                        }
                        return true;
                    }

                    @Override
                    public void close() {
                        closed.incrementAndGet();
                    }
                }))
                .isSameAs(failure);
        assertThat(closed.get()).isBetween(1, 4);
    }

    @Test
    void aCancelledCallEndsTheWork() {
        AtomicInteger steps = new AtomicInteger();
        var call = new io.parix.backup.spi.CallContext(
                Duration.ofSeconds(1), () -> steps.get() >= 5, "job-1", io.parix.backup.spi.CallContext.Purpose.DATA);
        Workbench bench = new Workbench(Archives.NONE, Path.of("."), call, ByteProgress.NONE);
        assertThatThrownBy(() -> new Crew(bench, 1, 0).run(() -> () -> {
                    steps.incrementAndGet();
                    return true;
                }))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("job-1");
        assertThat(steps).hasValue(5);
    }
}
