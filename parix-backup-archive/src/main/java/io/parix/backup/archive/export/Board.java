package io.parix.backup.archive.export;

import io.parix.backup.archive.flow.Crew;
import io.parix.backup.archive.segment.SegmentRef;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Says what is to be done next in an export: store a full segment, or read the next row.
 *
 * <p>Rows are claimed in order and taken into the ledger in order; only a bounded number is between the two. Whoever
 * waits here
 * waits for a row or a segment that a running thread has in hand, so any number of threads, one included, comes to the
 * end.
 */
final class Board {
    private static final long LOOK_MILLIS = 500;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Long, Row> ready = new HashMap<>();
    private final Ledger ledger;
    private final KnownChunks base;
    private final Crew crew;
    private final Plan plan;

    private long claimed;
    private long taken;
    private boolean stopped;

    /**
     * What there is to do.
     *
     * @param rows how many rows
     * @param window how many may be between claim and ledger
     */
    record Plan(long rows, int window) {}

    /** Something to do. */
    @FunctionalInterface
    interface Work {
        /** Does it, and tells whether there may be more. */
        boolean by(Lane lane);
    }

    private static final Work NOTHING_YET = lane -> true;
    private static final Work END = lane -> false;

    Board(Plan plan, Ledger ledger, KnownChunks base, Crew crew) {
        this.plan = plan;
        this.ledger = ledger;
        this.base = base;
        this.crew = crew;
    }

    Work next() {
        lock.lock();
        try {
            if (stopped) {
                return END;
            }
            take();
            Ledger.Sealed segment = ledger.nextSealed();
            if (segment != null) {
                return lane -> lane.store(segment);
            }
            if (taken == plan.rows() && ledger.allStored()) {
                return END;
            }
            if (claimed < plan.rows() && claimed - taken < plan.window()) {
                Row.Claim claim = new Row.Claim(claimed, base.at(claimed));
                claimed++;
                return lane -> lane.read(claim);
            }
            pause();
            return NOTHING_YET;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProviderException(ErrorKind.CANCELLED, "Stopped the export: its thread was interrupted.", e);
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("WaitNotInLoop") // the loop is the crew's: whoever wakes asks for work again
    private void pause() throws InterruptedException {
        changed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    void done(Row row) {
        lock.lock();
        try {
            ready.put(row.number(), row);
            // Only the row that all wait for changes what others can do.
            if (row.number() == taken) {
                take();
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    void stored(Ledger.Sealed segment, SegmentRef ref) {
        lock.lock();
        try {
            ledger.stored(segment, ref);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nobody waits any more. */
    void stop() {
        lock.lock();
        try {
            stopped = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void take() {
        @Nullable Row row = ready.get(taken);
        while (row != null && ledger.append(row)) {
            ready.remove(taken);
            crew.advance(row.bytes());
            taken++;
            row = ready.get(taken);
        }
        if (taken == plan.rows()) {
            ledger.seal();
        }
    }
}
