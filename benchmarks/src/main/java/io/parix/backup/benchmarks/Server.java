package io.parix.backup.benchmarks;

import java.nio.file.Path;
import java.util.List;

/** A server on loopback that contenders share, with each bucket a folder, so that what is stored can be counted. */
interface Server extends AutoCloseable {
    /** {@return the word by which this library's program finds it} */
    String word();

    /** {@return the folder of this library's bucket} */
    Path ours();

    /** {@return what empties this library's bucket} */
    List<Command> emptiedOfOurs();

    @Override
    void close();
}
