package io.parix.backup.testkit.contract;

import io.parix.backup.host.KeyPort;
import java.util.Optional;

/**
 * What the author of a key port gives the suite: a port that seals the exports of two databases, and ways to rotate, destroy and cut off
 * keys where there are any.
 *
 * <p>A hook that answers nothing makes its tests show as skipped. The suite asks for some hundred data keys, and opens some hundred.
 */
public interface KeyPortFixture extends HostFixture {
    /**
     * Makes a port that seals the exports of {@link #database()} and {@link #neighbour()}, and can be reached.
     *
     * @return a port with keys of its own for each call
     * @throws Exception when it cannot be made
     */
    KeyPort keys() throws Exception;

    /**
     * Opens the port once more, as another process does.
     *
     * @param port from {@link #keys}
     * @return another way to the same keys, which shares nothing with the first in memory, where there is one
     * @throws Exception when it cannot be opened
     */
    default Optional<KeyPort> again(KeyPort port) throws Exception {
        return Optional.empty();
    }

    /**
     * Has another key wrap the data keys of both databases from now on.
     *
     * @param port from {@link #keys}
     * @return whether it was done
     * @throws Exception when it should have been possible and was not
     */
    default boolean rotate(KeyPort port) throws Exception {
        return false;
    }

    /**
     * Destroys a key for good.
     *
     * @param port from {@link #keys}
     * @param id of a key that wrapped a data key, and that does not wrap any more
     * @return whether it was done
     * @throws Exception when it should have been possible and was not
     */
    default boolean lose(KeyPort port, String id) throws Exception {
        return false;
    }

    /**
     * Puts the keys out of the port's reach: the network is down, the service is, a credential has run out.
     *
     * @param port from {@link #keys}
     * @return whether it was done
     * @throws Exception when it should have been possible and was not
     */
    default boolean unreachable(KeyPort port) throws Exception {
        return false;
    }

    /**
     * Undoes {@link #unreachable}.
     *
     * @param port for which it was done
     * @throws Exception when it could not be undone
     */
    default void reachable(KeyPort port) throws Exception {}

    /**
     * Has exports of both databases lie in the clear from now on.
     *
     * @param port from {@link #keys}
     * @return whether it was done
     * @throws Exception when it should have been possible and was not
     */
    default boolean clear(KeyPort port) throws Exception {
        return false;
    }
}
