package io.parix.backup.testkit.simulation;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A thread that runs only while the simulation waits for it: a task stops at any place that calls {@link #pause()}, and goes on
 * there when it is resumed. So of all strands one runs at a time, and who is next is decided.
 */
final class Strand implements AutoCloseable {
    private final Semaphore go = new Semaphore(0);
    private final Semaphore back = new Semaphore(0);
    private final Patience patience;
    private final Thread thread;
    private @Nullable Runnable task;
    private @Nullable Throwable thrown;
    private boolean doomed;
    private boolean ended;
    private boolean stuck;

    Strand(String name, Patience patience) {
        this.patience = patience;
        thread = new Thread(this::live, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Runs a task until it pauses or ends. */
    void run(Runnable next) {
        task = next;
        turn();
    }

    /** Lets the task go on until it pauses again or ends. */
    void resume() {
        turn();
    }

    /** Whether a task has paused and not ended. */
    boolean suspended() {
        return task != null;
    }

    /** Makes a suspended task meet its end where it paused. */
    void doom() {
        doomed = true;
        // One that is stuck has not paused: it would be waited for in vain once more.
        if (suspended() && !stuck) {
            turn();
        }
    }

    /** Gives the turn back; called by the task. */
    void pause() {
        back.release();
        go.acquireUninterruptibly();
        if (doomed) {
            throw new Killed();
        }
    }

    /** Whether it is this strand that runs. */
    boolean current() {
        return Thread.currentThread() == thread;
    }

    /** What the last task ended with, where it was thrown; told once. */
    Optional<Throwable> thrown() {
        Optional<Throwable> last = Optional.ofNullable(thrown);
        thrown = null;
        return last;
    }

    private void turn() {
        go.release();
        try {
            if (!back.tryAcquire(patience.most().toMillis(), TimeUnit.MILLISECONDS)) {
                stuck = true;
                patience.lose();
                AssertionError lost = new AssertionError(thread.getName() + " does not give its turn back");
                lost.setStackTrace(thread.getStackTrace());
                throw lost;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while " + thread.getName() + " had its turn", e);
        }
    }

    private void live() {
        go.acquireUninterruptibly();
        while (!ended) {
            try {
                if (task != null) {
                    task.run();
                }
            } catch (Throwable e) {
                thrown = e;
            }
            task = null;
            back.release();
            go.acquireUninterruptibly();
        }
    }

    @Override
    public void close() {
        doom();
        ended = true;
        go.release();
        if (stuck) {
            // Whatever it waits for, nobody waits for it.
            thread.interrupt();
        }
    }
}
