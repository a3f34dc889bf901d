package io.parix.backup.benchmarks;

import java.nio.file.Path;
import java.util.List;

/** This library with its store in a bucket. */
record ParixOnS3(Parix parix, S3Server server) implements Contender {
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
        return server.emptied(S3Server.OURS);
    }

    @Override
    public List<Command> backup(Path data, Path work) {
        return List.of(parix.program(work, "backup", data.toString(), work.toString(), server.endpoint()));
    }

    @Override
    public List<Command> restore(Path work, Path target) {
        return List.of(parix.program(work, "restore", work.toString(), target.toString(), server.endpoint()));
    }

    @Override
    public Path repository(Path work) {
        return server.folder(S3Server.OURS);
    }
}
