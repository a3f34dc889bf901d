package io.parix.backup.host;

import java.io.IOException;

/**
 * The place beside the live files where a restore puts its replica files. Closing it keeps what was staged.
 */
public interface Staging extends AutoCloseable {
    /**
     * The free space, so that a restore that cannot fit is refused before it writes.
     *
     * @return bytes that can still be written, not counting what is already staged
     * @throws IOException when it cannot be told
     */
    long freeSpace() throws IOException;

    /**
     * Opens the file that will become the replica's data file. Opening it again gives what was written before.
     *
     * @param replica the replica's index
     * @return the file, empty when new
     * @throws IOException when it cannot be opened
     */
    StagedFile open(int replica) throws IOException;

    @Override
    void close() throws IOException;
}
