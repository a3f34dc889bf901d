package io.parix.backup.engine.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EngineThreadsTest {
    @Test
    @DisplayName("I3 a pool that is ended in one of its own threads awaits the others and not itself")
    void endedFromInside() throws InterruptedException {
        EngineThreads threads = new EngineThreads("parix-inside");
        ExecutorService pool = Executors.newFixedThreadPool(2, threads);
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicBoolean other = new AtomicBoolean();
        AtomicBoolean interrupted = new AtomicBoolean(true);
        CountDownLatch ended = new CountDownLatch(1);
        pool.execute(() -> {
            busy.countDown();
            await(goOn);
            other.set(true);
        });
        busy.await();
        pool.execute(() -> {
            goOn.countDown();
            threads.end(pool);
            interrupted.set(Thread.currentThread().isInterrupted() || !other.get());
            ended.countDown();
        });
        assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(interrupted).isFalse();
        threads.end(pool);
        assertThat(pool.isTerminated()).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
