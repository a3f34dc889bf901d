package io.parix.backup.engine.backup;

import io.parix.backup.host.Attempt;
import io.parix.backup.host.Capture;
import io.parix.backup.host.ReplicaImages;
import io.parix.backup.host.SnapshotVolume;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The host's images, and the attempts for which this process has asked for some and not let go of them.
 *
 * <p>A host keeps files open, or volumes attached, in each process that asked. The attempt may end in another process, which
 * lets go of its own only; so each process remembers. Never more than there are attempts under way. Safe for concurrent calls.
 */
final class HeldImages {
    private static final Logger LOG = LoggerFactory.getLogger(HeldImages.class);

    private final ReplicaImages host;
    private final Set<Attempt> held = ConcurrentHashMap.newKeySet();

    HeldImages(ReplicaImages host) {
        this.host = host;
    }

    Capture capture(Attempt attempt, List<SnapshotVolume> volumes) {
        held.add(attempt);
        try {
            return volumes.isEmpty() ? host.capture(attempt) : host.capture(attempt, volumes);
        } finally {
            // Somebody may have let go of the attempt while the host was at it, before there was anything to let go of.
            held.add(attempt);
        }
    }

    void release(Attempt attempt) {
        held.remove(attempt);
        try {
            host.release(attempt);
        } catch (RuntimeException e) {
            held.add(attempt);
            throw e;
        }
    }

    /** Lets go of the attempts that are over, wherever they ended. What fails is tried again at the next call. */
    void releaseOver(Predicate<Attempt> over) {
        // Those of now: what fails is held again at once, and would be met again and again.
        for (Attempt attempt : List.copyOf(held)) {
            try {
                if (over.test(attempt)) {
                    release(attempt);
                }
            } catch (RuntimeException e) {
                LOG.warn("The images of attempt {} could not be released; it is tried again", attempt, e);
            }
        }
    }
}
