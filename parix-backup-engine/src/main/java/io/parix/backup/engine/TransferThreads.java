package io.parix.backup.engine;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The threads that move bytes: the host's executor, or a pool of our own between start and close. */
final class TransferThreads implements Executor, AutoCloseable {
    private final @Nullable Executor handedIn;
    private final int size;
    private volatile @Nullable ExecutorService own;

    TransferThreads(@Nullable Executor handedIn, int size) {
        this.handedIn = handedIn;
        this.size = size;
    }

    void start() {
        if (handedIn == null) {
            own = Executors.newFixedThreadPool(size, work -> {
                Thread thread = new Thread(work, "parix-transfer");
                thread.setDaemon(true);
                return thread;
            });
        }
    }

    @Override
    public void execute(Runnable work) {
        Executor executor = handedIn != null ? handedIn : own;
        if (executor == null) {
            throw new RejectedExecutionException("The transfer threads are not started");
        }
        executor.execute(work);
    }

    @Override
    public void close() {
        ExecutorService pool = own;
        if (pool == null) {
            return;
        }
        pool.shutdown();
        try {
            if (!pool.awaitTermination(1, TimeUnit.MINUTES)) {
                pool.shutdownNow();
            }
        } catch (InterruptedException e) {
            pool.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
