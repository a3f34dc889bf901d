package io.parix.backup.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * This library in a process of its own, through a main class that stands for an embedding program.
 *
 * <p>The contract of {@link #PROGRAM}: exit 0 means done and durable; anything else failed and printed why.
 *
 * <ul>
 *   <li>{@code generate DIR REPLICAS FILE_BYTES USED_BYTES}: writes a synthetic cluster's data files into DIR
 *   <li>{@code change DIR PERCENT}: takes each data file in DIR to a next checkpoint that changes so much of its blocks
 *   <li>{@code backup DIR WORK [SERVER]}: backs the data files of DIR up into the local store {@code WORK/repository}, or a bucket
 *       of a server, {@code s3:URL} or {@code gcs:URL}; on the first call it makes the store, on a later one the newest backup is the base
 *   <li>{@code restore WORK TARGET [SERVER]}: restores the newest backup there into the empty folder TARGET, under the files' own
 *       names, verified and fsynced
 *   <li>{@code restore-sparse WORK TARGET}: the same without asking whether the disk has room for the files' whole lengths
 * </ul>
 *
 * @param classPath the class path of the program
 * @param options what the JVM is given; nothing by default
 */
record Parix(String classPath, List<String> options) implements Contender {
    static final String PROGRAM = "io.parix.backup.benchmarks.Program";

    /** Copies the options. */
    Parix {
        options = List.copyOf(options);
    }

    /** {@return whether the program is on this process's class path} */
    static boolean isThere() {
        return Parix.class.getResource("Program.class") != null;
    }

    @Override
    public String name() {
        return "parix";
    }

    @Override
    public List<String> notes() {
        return List.of(
                "Java " + System.getProperty("java.version")
                        + ", default settings of JVM and library; JVM start is included.",
                "Every chunk is checked against its SHA-256 before it is written, every file's digest after, and all is fsynced;"
                        + " restored files are sparse. It does not encrypt.");
    }

    @Override
    public List<Command> prepare(Path work) {
        return List.of();
    }

    @Override
    public List<Command> backup(Path data, Path work) {
        return List.of(program(work, "backup", data.toString(), work.toString()));
    }

    @Override
    public List<Command> restore(Path work, Path target) {
        return List.of(program(work, "restore", work.toString(), target.toString()));
    }

    @Override
    public Path repository(Path work) {
        return work.resolve("repository");
    }

    /** {@return the program with a verb and its arguments} */
    Command program(Path folder, String... arguments) {
        List<String> words = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        words.addAll(options);
        words.addAll(List.of("-cp", classPath, PROGRAM));
        words.addAll(List.of(arguments));
        return new Command(words, Map.of(), folder);
    }
}
