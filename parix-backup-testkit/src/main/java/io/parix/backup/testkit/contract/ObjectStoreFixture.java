package io.parix.backup.testkit.contract;

import io.parix.backup.ByteSize;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectStore;
import java.time.Duration;
import java.util.Optional;

/**
 * What the author of a store gives the suite: stores to try, and ways to bring trouble about where there are any.
 *
 * <p>A hook that answers nothing makes its tests show as skipped. Each is called by the test's own thread; the stores are called by several
 * at once.
 */
public interface ObjectStoreFixture {
    /**
     * Makes a store that holds nothing.
     *
     * @return a store of its own for each call
     * @throws Exception when it cannot be made
     */
    ObjectStore emptyStore() throws Exception;

    /**
     * Makes a store whose place is nearly full.
     *
     * @param room how much still fits
     * @return such a store, where one can be had
     * @throws Exception when it cannot be made
     */
    default Optional<ObjectStore> fullStore(ByteSize room) throws Exception {
        return Optional.empty();
    }

    /**
     * Makes a store that holds the object {@code kept/object} and then loses its place: the bucket is gone, the disk is not
     * mounted, the network is down.
     *
     * @return such a store, where one can be had
     * @throws Exception when it cannot be made
     */
    default Optional<ObjectStore> lostStore() throws Exception {
        return Optional.empty();
    }

    /**
     * Makes a store that holds the object {@code kept/object}, and whose place may be looked at and read, but neither written to nor
     * deleted from.
     *
     * @return such a store, where one can be had
     * @throws Exception when it cannot be made
     */
    default Optional<ObjectStore> forbiddenStore() throws Exception {
        return Optional.empty();
    }

    /**
     * Makes a store that holds the object {@code kept/object}, and at whose place the caller may do nothing any more: a credential was
     * revoked, or is wrong.
     *
     * @return such a store, where one can be had
     * @throws Exception when it cannot be made
     */
    default Optional<ObjectStore> deniedStore() throws Exception {
        return Optional.empty();
    }

    /**
     * Makes a store that holds the object {@code kept/object} and whose place asks for patience at the next call, whichever that is,
     * and at no other.
     *
     * @return such a store, a new one for each call, where one can be had
     * @throws Exception when it cannot be made
     */
    default Optional<ObjectStore> throttledStore() throws Exception {
        return Optional.empty();
    }

    /**
     * Makes a store that holds the object {@code kept/object} and whose place does the next write, or the next deletion, but the answer
     * to it is lost on the way: the connection breaks, a gateway answers in its stead.
     *
     * @return such a store, a new one for each call, where one can be had
     * @throws Exception when it cannot be made
     */
    default Optional<ObjectStore> lostAnswerStore() throws Exception {
        return Optional.empty();
    }

    /**
     * Makes a store that holds the object {@code kept/object} and whose place does not answer the next call, whichever that is, and
     * answers every other: the connection stays and nothing comes. It has done by then what it was asked for, or never does it.
     *
     * @return such a store, a new one for each call, where one can be had
     * @throws Exception when it cannot be made
     */
    default Optional<ObjectStore> silentStore() throws Exception {
        return Optional.empty();
    }

    /** {@return how long after its deadline a call that is not answered is waited for before it counts as one that never ends} */
    default Duration patience() {
        return Duration.ofMinutes(1);
    }

    /**
     * Locks an object against deletion, for longer than a test takes.
     *
     * @param store from {@link #emptyStore}
     * @param key an object that is there
     * @return what its deletion is to answer, with the end of the lock where the place can tell it; empty where none could be put on
     * @throws Exception when it should have been possible and was not
     */
    default Optional<DeleteOutcome.Locked> lock(ObjectStore store, ObjectKey key) throws Exception {
        return Optional.empty();
    }

    /**
     * Locks an object so that the place cannot tell until when, as a legal hold does.
     *
     * @param store from {@link #emptyStore}
     * @param key an object that is there
     * @return whether it could be done
     * @throws Exception when it should have been possible and was not
     */
    default boolean hold(ObjectStore store, ObjectKey key) throws Exception {
        return false;
    }

    /**
     * Cuts a stored object behind the store's back.
     *
     * @param store from {@link #emptyStore}
     * @param key an object of 3 MiB, which is being read
     * @return whether it could be done
     * @throws Exception when it should have been possible and was not
     */
    default boolean truncate(ObjectStore store, ObjectKey key) throws Exception {
        return false;
    }

    /**
     * The largest object that the place says it takes.
     *
     * @return as in {@link io.parix.backup.spi.Capabilities#largestWrite()}
     */
    ByteSize largestWrite();
}
