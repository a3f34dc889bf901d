package io.parix.backup.engine;

import io.parix.backup.engine.dispatch.EngineThreads;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Threads for one purpose: the host's executor, or a pool of our own between start and close. */
final class LentThreads implements Executor, AutoCloseable {
    private final @Nullable Executor handedIn;
    private final int size;
    private final String name;
    private final EngineThreads threads;
    private volatile @Nullable ExecutorService own;

    LentThreads(String name, @Nullable Executor handedIn, int size) {
        this.name = name;
        this.threads = new EngineThreads(name);
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
            throw new RejectedExecutionException("The threads of " + name + " are not started");
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
