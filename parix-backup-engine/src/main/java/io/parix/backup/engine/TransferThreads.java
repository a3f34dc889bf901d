package io.parix.backup.engine;

import io.parix.backup.engine.dispatch.EngineThreads;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** The threads that move bytes: the host's executor, or a pool of our own between start and close. */
final class TransferThreads implements Executor, AutoCloseable {
    private final @Nullable Executor handedIn;
    private final int size;
    private final EngineThreads threads = new EngineThreads("parix-transfer");
    private volatile @Nullable ExecutorService own;

    TransferThreads(@Nullable Executor handedIn, int size) {
        this.handedIn = handedIn;
        this.size = size;
    }

    void start() {
        if (handedIn == null) {
            own = Executors.newFixedThreadPool(size, threads);
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
        threads.end(pool);
    }
}
