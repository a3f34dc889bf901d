package io.parix.backup.archive.datafile;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Names replicas in sentences. */
final class Replicas {
    private Replicas() {}

    /** Replicas by index and image, for example {@code replica 0 (0_0.tigerbeetle)}. */
    static String named(Collection<DataFile> files) {
        return files.stream()
                .map(f -> "replica " + f.index() + " (" + f.name() + ")")
                .collect(Collectors.joining(", "));
    }

    /** What each replica says, for example {@code replica 0: 959, replica 1: 1919}. */
    static String each(List<DataFile> files, Function<DataFile, Object> value) {
        return files.stream()
                .map(f -> "replica " + f.index() + ": " + value.apply(f))
                .collect(Collectors.joining(", "));
    }
}
