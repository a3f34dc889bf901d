package io.parix.backup.benchmarks;

import io.parix.backup.servers.S3Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** restic with its repository in a bucket, and otherwise as {@link Restic}. */
record ResticOnS3(Restic restic, S3Server server) implements Contender {
    @Override
    public String name() {
        return restic.name();
    }

    @Override
    public List<String> notes() {
        return restic.notes();
    }

    @Override
    public List<Command> prepare(Path work) {
        List<Command> commands = new ArrayList<>(server.emptied(S3Server.RESTIC));
        commands.add(command(work, work, "init"));
        return commands;
    }

    @Override
    public List<Command> backup(Path data, Path work) {
        return List.of(command(work, data, "backup", "."));
    }

    @Override
    public List<Command> restore(Path work, Path target) {
        return List.of(
                command(work, target, "restore", "latest", "--target", target.toString()),
                new Command(List.of("sync"), Map.of(), target));
    }

    @Override
    public Path repository(Path work) {
        return server.folder(S3Server.RESTIC);
    }

    private Command command(Path work, Path folder, String... arguments) {
        return restic.command(
                new Restic.Repository(
                        "s3:" + server.endpoint() + "/" + S3Server.RESTIC,
                        Map.of(
                                "AWS_ACCESS_KEY_ID", S3Proxy.IDENTITY,
                                "AWS_SECRET_ACCESS_KEY", S3Proxy.SECRET,
                                "AWS_DEFAULT_REGION", S3Server.REGION)),
                work,
                folder,
                arguments);
    }
}
