package io.parix.backup.archive.flow;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Shares one piece of work out to the calling thread and as many threads as the executor lends, up to a bound.
 *
 * <p>The caller always takes part, so the work ends on an executor that is busy for ever. The first failure ends the
 * work of
 * all and is thrown to the caller, unchanged, once nobody works any more. A thread that the executor lends too late
 * finds
 * the work ended and leaves.
 */
public final class Crew {
    private static final long LOOK_MILLIS = 500;

    private final Workbench bench;
    private final int size;
    private final long expected;
    private final AtomicLong done = new AtomicLong();
    private final Thread caller = Thread.currentThread();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition left = lock.newCondition();

    private int active;
    private boolean ended;
    private volatile @Nullable Throwable failure;

    /**
     * A crew.
     *
     * @param bench lends the threads, says when to stop, hears the progress
     * @param size the most threads, the caller's included
     * @param expected what progress counts up to
     */
    public Crew(Workbench bench, int size, long expected) {
        this.bench = bench;
        this.size = size;
        this.expected = expected;
    }

    /**
     * Counts progress.
     *
     * @param bytes done since
     */
    public void advance(long bytes) {
        done.addAndGet(bytes);
    }

    /**
     * Works until no member has more to do.
     *
     * @param members makes a member for each thread
     */
    public void run(Supplier<? extends Member> members) {
        for (int i = 1; i < size && borrow(members); i++) {}
        work(members);
        awaitOthers();
        rethrow();
        report();
    }

    private boolean borrow(Supplier<? extends Member> members) {
        try {
            bench.executor().execute(() -> help(members));
            return true;
        } catch (RejectedExecutionException e) {
            // A pool that is full or shut down lends nothing more; those who are here do the work.
            return false;
        }
    }

    private void help(Supplier<? extends Member> members) {
        // An executor that runs things at once, on the caller's thread, lends nothing.
        if (Thread.currentThread() == caller || !join()) {
            return;
        }
        try {
            work(members);
        } finally {
            leave();
        }
    }

    private boolean join() {
        lock.lock();
        try {
            if (ended) {
                return false;
            }
            active++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void leave() {
        lock.lock();
        try {
            active--;
            left.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void work(Supplier<? extends Member> members) {
        try (Member member = members.get()) {
            boolean more = true;
            while (more && failure == null) {
                bench.call().check("between two chunks");
                more = member.step();
                report();
            }
        } catch (Throwable e) {
            fail(e);
        }
    }

    private void fail(Throwable e) {
        lock.lock();
        try {
            if (failure == null) {
                failure = e;
            }
        } finally {
            lock.unlock();
        }
    }

    private void report() {
        if (Thread.currentThread() == caller) {
            bench.progress().at(Math.min(done.get(), expected), expected);
        }
    }

    private void awaitOthers() {
        boolean interrupted = false;
        lock.lock();
        try {
            ended = true;
            while (active > 0) {
                try {
                    left.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                } catch (InterruptedException e) {
                    // Buffers and files are in use until the last one has left.
                    interrupted = true;
                }
                reportWhileWaiting();
            }
        } finally {
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void reportWhileWaiting() {
        try {
            report();
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private void rethrow() {
        Throwable e = failure;
        if (e instanceof RuntimeException runtime) {
            throw runtime;
        }
        if (e instanceof Error error) {
            throw error;
        }
    }
}
