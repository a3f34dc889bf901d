package io.parix.backup.provider.local.cluster;

import io.parix.backup.host.RestoreCall;
import io.parix.backup.host.StaleFenceException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one worker act at a time, and none from the past (spec F3). The highest token is kept beside the files that it
 * protects, and looked at under a lock that is held while the step acts, so that no worker sleeps between the two.
 */
final class Fences {
    private final Area area;
    private final ReentrantLock acting = new ReentrantLock();

    Fences(Area area) {
        this.area = area;
    }

    /** What is done behind the fence. */
    @FunctionalInterface
    interface Step<T> {
        T act() throws IOException;
    }

    /**
     * Acts for a restore.
     *
     * @return what the step gives, or empty when another worker is acting
     * @throws StaleFenceException when a higher token has been seen
     */
    <T> Optional<T> behind(RestoreCall call, Step<T> step) throws IOException {
        // Closing any descriptor of the lock's file frees the lock of the whole process, so threads are kept apart
        // first.
        if (!acting.tryLock()) {
            return Optional.empty();
        }
        try {
            return alone(call, step);
        } finally {
            acting.unlock();
        }
    }

    private <T> Optional<T> alone(RestoreCall call, Step<T> step) throws IOException {
        area.make();
        try (FileChannel file = FileChannel.open(area.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = file.tryLock()) {
            if (lock == null) {
                return Optional.empty();
            }
            require(call);
            return Optional.of(step.act());
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        }
    }

    /**
     * Refuses a worker from the past that still has a staged file open, which may be a live one by now. A write that the system has
     * begun is not caught up with.
     *
     * @throws StaleFenceException when a higher token has been seen
     */
    void requireLatest(RestoreCall call) throws IOException {
        long highest = highest(call);
        if (call.fence() < highest) {
            throw new StaleFenceException(call.database(), call.fence(), highest);
        }
    }

    private void require(RestoreCall call) throws IOException {
        requireLatest(call);
        if (call.fence() > highest(call)) {
            area.write(area.fence(call.database()), Long.toString(call.fence()));
        }
    }

    private long highest(RestoreCall call) throws IOException {
        Optional<String> text = Area.read(area.fence(call.database()));
        try {
            return text.map(Long::parseLong).orElse(Long.MIN_VALUE);
        } catch (NumberFormatException e) {
            throw new IOException(area.fence(call.database()) + " does not hold a fencing token", e);
        }
    }
}
