package io.parix.backup.testkit.datafile;

import java.io.IOException;

/** Where a data file is written to. */
interface Sink {
    /** Writes the first {@code count} bytes at a position. */
    void write(long position, byte[] bytes, int count) throws IOException;

    /** Cuts or lengthens. */
    void setLength(long length) throws IOException;
}
