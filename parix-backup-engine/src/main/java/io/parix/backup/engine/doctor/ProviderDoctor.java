package io.parix.backup.engine.doctor;

import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.InvalidRequestException;
import io.parix.backup.doctor.Diagnosis;
import io.parix.backup.doctor.Doctor;
import io.parix.backup.spi.StorageLocation;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The service behind {@link Doctor}. */
public final class ProviderDoctor implements Doctor, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderDoctor.class);
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final DoctorParts parts;
    /** Shared by examinations, wanted alone by whoever closes. */
    private final ReentrantReadWriteLock going = new ReentrantReadWriteLock();

    private volatile boolean closed;

    /**
     * A service over the given parts. It opens nothing yet.
     *
     * @param parts what it works with
     */
    public ProviderDoctor(DoctorParts parts) {
        this.parts = parts;
    }

    @Override
    public Diagnosis examine(StorageLocation location, Duration within) {
        if (within.compareTo(LEAST_TIME) < 0 || within.compareTo(MOST_TIME) > 0) {
            throw InvalidRequestException.of(
                    "time of an examination", within.toString(), "it must be " + LEAST_TIME + " to " + MOST_TIME);
        }
        boolean entered = going.readLock().tryLock();
        try {
            if (closed || !entered) {
                throw new FailedException(
                        ErrorCode.NOT_RUNNING,
                        "Cannot examine " + location + ": this instance is closed. Build a new one.");
            }
            return new Examination(parts, location, new Patience(parts.nanos(), within, () -> closed)).run();
        } finally {
            if (entered) {
                going.readLock().unlock();
            }
        }
    }

    /** Ends the examinations that are under way, once each has removed what it wrote. */
    @Override
    public void close() {
        closed = true;
        try {
            if (going.writeLock().tryLock(LONGEST.toMillis(), TimeUnit.MILLISECONDS)) {
                going.writeLock().unlock();
            } else {
                LOG.warn("An examination did not end within {}; what it wrote may be left", LONGEST);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
