package io.parix.backup.benchmarks;

import java.nio.file.Path;
import java.util.List;

/** A program that backs a folder up and restores it, as the commands that a user would type, with default settings. */
interface Contender {
    String name();

    /** {@return what it is called and does and does not do, in one sentence each; for the page} */
    List<String> notes();

    /**
     * Not timed: makes an empty repository.
     *
     * @param work an empty folder of its own
     */
    List<Command> prepare(Path work);

    List<Command> backup(Path data, Path work);

    /** Ends when the restored bytes are on the disk. */
    List<Command> restore(Path work, Path target);

    /** {@return the folder whose size is what is stored} */
    Path repository(Path work);
}
