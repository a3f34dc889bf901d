package io.parix.backup.host;

import io.parix.backup.DatabaseId;
import java.util.Optional;

/**
 * Keeps the keys that exports are sealed under before they leave the process (spec C13): a key service, or a key ring of the host's own.
 * Each export asks for a data key of its own, {@linkplain #fresh fresh} from the port, and stores beside the backup only what the port
 * made of it: the data key, wrapped under a key that never leaves the port. Rotating is giving out data keys under another key from some
 * moment on; what was sealed before stays as it is, and is opened with the key that wrapped it.
 *
 * <p>Safe for concurrent calls. What a port must do is numbered {@code KEY-01} and up in {@code docs/host-ports.md}, and
 * {@code KeyPortContract} of the testkit tests it.
 */
public interface KeyPort {
    /**
     * Makes a data key that nobody has had before, wrapped under the key that is in use for a database now. It is {@linkplain #open opened}
     * once before anything is sealed under it. Each attempt asks for one that it throws away, too, before it asks for images.
     *
     * @param database whose export it is for
     * @return the data key; empty where exports of this database are to lie in the clear
     * @throws RuntimeException when that cannot be told or done now; a backup that holds no images asks again, however often, until the
     *     deadline of its step, and one that holds some lets go of them within minutes and waits without
     */
    Optional<DataKey> fresh(DatabaseId database);

    /**
     * Unwraps a data key that {@link #fresh} gave out, for this database, at any time before, in any process.
     *
     * @param database whose export was sealed under it
     * @param wrapped what was stored
     * @return the data key; empty where it can never be had again, as the key that wrapped it is destroyed: backups that need it then
     *     count as damaged, with {@link io.parix.backup.ErrorCode#KEY_LOST}, which names the key
     * @throws RuntimeException when it cannot be had now, whether the port cannot be reached or does not allow it; a job asks again, however
     *     often, until the deadline of its step, but a new backup that would share with what was sealed under it stores everything anew
     */
    Optional<DataKey> open(DatabaseId database, WrappedKey wrapped);

    /** {@return a port of a host that seals nothing; whatever it is asked to open cannot be had in this process} */
    static KeyPort none() {
        return NoKeys.NONE;
    }
}
