package io.parix.backup.benchmarks;

import java.nio.file.Path;
import java.util.List;

/** This library with its store in a bucket of a server. */
record ParixOnServer(Parix parix, Server server) implements Contender {
    @Override
    public String name() {
        return parix.name();
    }

    @Override
    public List<String> notes() {
        return parix.notes();
    }

    @Override
    public List<Command> prepare(Path work) {
        return server.emptiedOfOurs();
    }

    @Override
    public List<Command> backup(Path data, Path work) {
        return List.of(parix.program(work, "backup", data.toString(), work.toString(), server.word()));
    }

    @Override
    public List<Command> restore(Path work, Path target) {
        return List.of(parix.program(work, "restore", work.toString(), target.toString(), server.word()));
    }

    @Override
    public Path repository(Path work) {
        return server.ours();
    }
}
