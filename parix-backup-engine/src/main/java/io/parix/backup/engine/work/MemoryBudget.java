package io.parix.backup.engine.work;

import io.parix.backup.ByteSize;
import io.parix.backup.engine.settings.EngineSettings;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntToLongFunction;
import java.util.function.Supplier;

/** The bytes that the exports and restores of this process hold in memory together (spec J5). Safe for concurrent calls. */
public final class MemoryBudget {
    private final long size;
    private final int jobs;
    private final AtomicLong free;

    /**
     * A budget of which nothing is taken.
     *
     * @param settings how much there is, and how many jobs share it
     */
    public MemoryBudget(EngineSettings settings) {
        this.size = settings.transfer().memory().bytes();
        this.jobs = settings.work().concurrentJobs();
        this.free = new AtomicLong(size);
    }

    /**
     * Says how many workers a job may have, so that as many jobs as may run at once find room.
     *
     * @param most as many as it would take, 1 or more
     * @param need what a number of workers needs; grows with it
     * @return 1 to {@code most}
     */
    public int workers(int most, IntToLongFunction need) {
        int workers = most;
        while (workers > 1 && need.applyAsLong(workers) > size / jobs) {
            workers--;
        }
        return workers;
    }

    /**
     * Does work that holds a part, or tells that there is none now.
     *
     * @param <T> what the work gives
     * @param bytes how much it holds; where that is more than there is, it has all of it alone
     * @param work what to do
     * @return what the work gives
     * @throws NoRoomException when other jobs hold what is needed; nothing was begun
     */
    public <T> T holding(long bytes, Supplier<T> work) {
        long needed = Math.min(bytes, size);
        long left = free.getAndUpdate(f -> f >= needed ? f - needed : f);
        if (left < needed) {
            throw new NoRoomException("The other jobs of this process hold all but " + new ByteSize(left).words()
                    + " of the memory that jobs may take, and this one needs " + new ByteSize(needed).words() + ".");
        }
        try {
            return work.get();
        } finally {
            free.addAndGet(needed);
        }
    }
}
