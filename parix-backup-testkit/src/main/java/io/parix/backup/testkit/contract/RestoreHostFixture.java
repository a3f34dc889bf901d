package io.parix.backup.testkit.contract;

import io.parix.backup.ByteSize;
import io.parix.backup.DatabaseId;
import io.parix.backup.host.DatabaseDirectory;
import io.parix.backup.host.RestoreHost;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What the author of a restore host gives the suite: a host with two small databases, a look at their files, and ways to see more
 * or to bring trouble about where there are any.
 *
 * <p>The suite never looks into a data file, so any bytes do; 100 KiB each are plenty. A hook that answers nothing makes its tests show as
 * skipped.
 */
public interface RestoreHostFixture extends HostFixture {
    /**
     * Makes a host that has {@link #database()} and {@link #neighbour()}: active, their replicas serving, the same number of them, each with
     * a data file of its own bytes.
     *
     * @return a host with databases of its own for each call; what an earlier one did is gone
     * @throws Exception when it cannot be made
     */
    RestoreHost host() throws Exception;

    /**
     * Reads the live data files of a database, past the host.
     *
     * @param host from one of the methods here
     * @param database one of the two
     * @return what the files hold, by index; no bytes where a replica has no file
     * @throws Exception when they cannot be read
     */
    List<byte[]> live(RestoreHost host, DatabaseId database) throws Exception;

    /**
     * Says what the suite restores, for hosts that start real replicas on it.
     *
     * @param replicas how many there are
     * @return data files by index, none of them empty, each unlike all others and unlike the live ones
     */
    default List<byte[]> restored(int replicas) {
        return IntStream.range(0, replicas)
                .mapToObj(i -> Samples.bytes(70 + i, 70_000 + i))
                .toList();
    }

    /**
     * Opens the host once more, as another process does.
     *
     * @param host from {@link #host}
     * @return another way to the same databases that shares no memory with the first, where there is one
     * @throws Exception when it cannot be opened
     */
    default Optional<RestoreHost> again(RestoreHost host) throws Exception {
        return Optional.empty();
    }

    /**
     * Says where the profiles are looked up that the host moves.
     *
     * @param host from one of the methods here
     * @return the directory; the host itself where it is one
     */
    default Optional<DatabaseDirectory> directory(RestoreHost host) {
        return host instanceof DatabaseDirectory directory ? Optional.of(directory) : Optional.empty();
    }

    /**
     * Tells whether the replicas of a database run.
     *
     * @param host from one of the methods here
     * @param database one of the two
     * @return whether they all do (true) or none does (false), where that can be told
     * @throws Exception when it should have been possible and was not
     */
    default Optional<Boolean> running(RestoreHost host, DatabaseId database) throws Exception {
        return Optional.empty();
    }

    /**
     * Tells whether old files of some restore are kept.
     *
     * @param host from one of the methods here
     * @param database one of the two
     * @return whether they are, where that can be told
     * @throws Exception when it should have been possible and was not
     */
    default Optional<Boolean> keepsOldFiles(RestoreHost host, DatabaseId database) throws Exception {
        return Optional.empty();
    }

    /**
     * Has the replicas of a database write, as they do while they serve.
     *
     * @param host from {@link #host}
     * @param database one of the two
     * @param files what the live files hold from now on, by index; no bytes for a replica that loses its file
     * @return whether it was done
     * @throws Exception when it should have been possible and was not
     */
    default boolean write(RestoreHost host, DatabaseId database, List<byte[]> files) throws Exception {
        return false;
    }

    /**
     * Opens the host once more, in a process that dies while it swaps: the next {@link RestoreHost#swap} or {@link RestoreHost#swapBack} of
     * this way changes one replica's file, does nothing more, and throws.
     *
     * @param host from {@link #host}
     * @return such a way to the same databases, where one can be had
     * @throws Exception when it cannot be opened
     */
    default Optional<RestoreHost> mortal(RestoreHost host) throws Exception {
        return Optional.empty();
    }

    /**
     * Makes a host some of whose steps take time: a step of a restore that goes forward answers that it is under way at least once.
     *
     * @return such a host, else like that of {@link #host}, where one can be had
     * @throws Exception when it cannot be made
     */
    default Optional<RestoreHost> slowHost() throws Exception {
        return Optional.empty();
    }

    /**
     * Makes a host a replica of whose database does not stop, or of which nobody can tell that it has.
     *
     * @return such a host, else like that of {@link #host}, where one can be had
     * @throws Exception when it cannot be made
     */
    default Optional<RestoreHost> unstoppableHost() throws Exception {
        return Optional.empty();
    }

    /**
     * Makes a host whose restored replicas start and do not work, as those do that find no quorum.
     *
     * @return such a host, else like that of {@link #host}, where one can be had
     * @throws Exception when it cannot be made
     */
    default Optional<RestoreHost> unwellHost() throws Exception {
        return Optional.empty();
    }

    /**
     * Makes a host whose staging place is nearly full.
     *
     * @param room how much still fits
     * @return such a host, else like that of {@link #host}, where one can be had
     * @throws Exception when it cannot be made
     */
    default Optional<RestoreHost> fullHost(ByteSize room) throws Exception {
        return Optional.empty();
    }
}
