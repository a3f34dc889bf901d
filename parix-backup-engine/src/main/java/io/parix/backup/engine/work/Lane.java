package io.parix.backup.engine.work;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * Looks at jobs beside the workers, a few at a time, so that what is stuck here holds up no worker (spec H5). Each job waits once; one
 * that finds the queue full is found again by the reconciler. Safe for concurrent calls.
 */
final class Lane {
    private static final int LONGEST = 1_000;

    private final Executor executor;
    private final int most;
    private final Consumer<String> look;
    private final Set<String> waiting = new LinkedHashSet<>();
    private int running;

    Lane(Executor executor, int most, Consumer<String> look) {
        this.executor = executor;
        this.most = most;
        this.look = look;
    }

    void add(String job) {
        if (begins(job)) {
            try {
                executor.execute(this::drain);
            } catch (RejectedExecutionException e) {
                // The executor is closing; the job is found again where one is open.
                ends();
            }
        }
    }

    private synchronized boolean begins(String job) {
        if (waiting.size() < LONGEST) {
            waiting.add(job);
        }
        if (running >= most) {
            return false;
        }
        running++;
        return true;
    }

    /** An error ends the thread and gives its place back; what waits is looked at by the next one. */
    private void drain() {
        boolean over = false;
        try {
            for (Optional<String> next = next(); next.isPresent(); next = next()) {
                look.accept(next.get());
            }
            over = true;
        } finally {
            if (!over) {
                givesBack();
            }
        }
    }

    private synchronized Optional<String> next() {
        Iterator<String> first = waiting.iterator();
        if (!first.hasNext()) {
            running--;
            return Optional.empty();
        }
        String job = first.next();
        first.remove();
        return Optional.of(job);
    }

    private synchronized void givesBack() {
        running--;
    }

    private synchronized void ends() {
        running--;
        waiting.clear();
    }
}
