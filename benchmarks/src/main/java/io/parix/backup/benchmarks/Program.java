package io.parix.backup.benchmarks;

import io.parix.backup.Actor;
import io.parix.backup.Backup;
import io.parix.backup.BackupAnswer;
import io.parix.backup.BackupEvent;
import io.parix.backup.BackupRequest;
import io.parix.backup.ByteSize;
import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseProfile;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.Failure;
import io.parix.backup.Restore;
import io.parix.backup.RestoreAnswer;
import io.parix.backup.RestoreRequest;
import io.parix.backup.Shape;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.host.BackupListener;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.host.HostAnswer;
import io.parix.backup.host.RestoreHost;
import io.parix.backup.provider.local.cluster.ClusterControl;
import io.parix.backup.provider.local.cluster.ClusterPlace;
import io.parix.backup.provider.local.cluster.DirectoryCluster;
import io.parix.backup.testkit.catalog.InMemoryCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The program that the runner times: the engine as an embedding service has it, one verb per process. See {@link Parix} for the
 * verbs.
 */
public final class Program {
    private static final Pattern FILE = Pattern.compile("(\\d{1,39})_(\\d)\\.tigerbeetle");
    private static final DatabaseId DATABASE = new DatabaseId("benchmark");
    private static final String NAME = "benchmark";
    private static final Actor ACTOR = new Actor("benchmark");

    private Program() {}

    /**
     * Runs a verb.
     *
     * @param words the verb and its arguments
     */
    public static void main(String[] words) throws IOException {
        switch (words[0]) {
            case "generate" ->
                Generated.create(
                        Path.of(words[1]),
                        new Generated.Size(
                                Integer.parseInt(words[2]), Long.parseLong(words[3]), Long.parseLong(words[4])));
            case "change" -> Generated.change(Path.of(words[1]), Double.parseDouble(words[2]));
            case "backup" ->
                backup(Path.of(words[1]).toAbsolutePath(), Path.of(words[2]).toAbsolutePath(), place(words, 2));
            case "restore" ->
                restore(
                        Path.of(words[1]).toAbsolutePath(),
                        Path.of(words[2]).toAbsolutePath(),
                        place(words, 1),
                        host -> host);
            case "restore-sparse" ->
                restore(
                        Path.of(words[1]).toAbsolutePath(),
                        Path.of(words[2]).toAbsolutePath(),
                        place(words, 1),
                        Roomy::of);
            default -> throw new IllegalArgumentException("There is no verb " + words[0]);
        }
    }

    /** The server that comes last, or a folder of the work folder. */
    private static Place place(String[] words, int work) throws IOException {
        return words.length > 3
                ? Place.server(words[3])
                : Place.folder(Files.createDirectories(
                        Path.of(words[work]).toAbsolutePath().resolve("repository")));
    }

    private static void backup(Path data, Path work, Place place) throws IOException {
        DataFiles files = find(data);
        InMemoryCatalog catalog = new InMemoryCatalog(InstantSource.system());
        Row.load(work, catalog);
        Ending ending = new Ending();
        try (ParixBackup parix = engine(catalog, place, files, data, ending, host -> host)) {
            // Its catalog is in memory, so every process is an installation of its own and takes the place over.
            parix.rebuild().adopt(place.location());
            BackupAnswer answer = parix.backups().request(BackupRequest.of(DATABASE, ACTOR));
            if (!(answer instanceof BackupAnswer.Accepted accepted)) {
                throw new IllegalStateException("Refused: " + answer);
            }
            ending.await();
            Backup ended = parix.backups().find(accepted.backup().id()).orElseThrow();
            requireNone(ended.failed());
            Row.save(work, catalog.find(ended.id().value()).orElseThrow(), files);
        }
    }

    private static void restore(Path work, Path target, Place place, UnaryOperator<RestoreHost> host)
            throws IOException {
        InMemoryCatalog catalog = new InMemoryCatalog(InstantSource.system());
        Row.Saved saved = Row.load(work, catalog).orElseThrow();
        DataFiles files = saved.files();
        Ending ending = new Ending();
        try (ParixBackup parix = engine(catalog, place, files, target, ending, host)) {
            RestoreAnswer answer = parix.restores().request(RestoreRequest.of(saved.backup(), NAME, ACTOR));
            if (!(answer instanceof RestoreAnswer.Accepted accepted)) {
                throw new IllegalStateException("Refused: " + answer);
            }
            ending.await();
            Restore ended = parix.restores().find(accepted.restore().id()).orElseThrow();
            requireNone(ended.failed());
        }
    }

    private static ParixBackup engine(
            InMemoryCatalog catalog,
            Place where,
            DataFiles files,
            Path directory,
            BackupListener listener,
            UnaryOperator<RestoreHost> host) {
        ClusterControl control = ClusterControl.filesOnly((call, status) -> HostAnswer.done());
        ClusterPlace place = new ClusterPlace(DATABASE, directory, files.cluster(), files.replicas());
        DirectoryCluster cluster = new DirectoryCluster(place, control, InstantSource.system());
        DatabaseProfile profile = profile(files.replicas(), where.location().provider());
        return where.joined()
                .apply(ParixBackup.builder())
                .catalog(catalog)
                .directory(id -> new DatabaseFacts.Live(profile))
                .images(cluster)
                .restoreHost(host.apply(cluster))
                .storage(where.location())
                .listener(listener)
                .build()
                .start();
    }

    private static DatabaseProfile profile(int replicas, String provider) {
        Shape shape = new Shape(
                replicas, 2, ByteSize.gibibytes(8), "disk", ByteSize.gibibytes(100), "private", false, "65535.0.0");
        return new DatabaseProfile(DATABASE, NAME, DatabaseStatus.ACTIVE, "here", provider, shape, List.of());
    }

    /** Hears of the end of the one job of this process. */
    private static final class Ending implements BackupListener {
        private static final Set<BackupEvent.Kind> ENDS = EnumSet.of(
                BackupEvent.Kind.BACKUP_COMPLETED,
                BackupEvent.Kind.BACKUP_FAILED,
                BackupEvent.Kind.RESTORE_COMPLETED,
                BackupEvent.Kind.RESTORE_FAILED,
                BackupEvent.Kind.RESTORE_NEEDS_OPERATOR);

        private final CountDownLatch ended = new CountDownLatch(1);

        @Override
        public void on(BackupEvent event) {
            if (ENDS.contains(event.kind())) {
                ended.countDown();
            }
        }

        void await() {
            try {
                ended.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException("Interrupted", e);
            }
        }
    }

    private static void requireNone(Optional<Failure> failure) {
        failure.ifPresent(f -> {
            throw new IllegalStateException(f.code() + ": " + f.message());
        });
    }

    private static DataFiles find(Path data) throws IOException {
        try (Stream<Path> listing = Files.list(data)) {
            List<Matcher> names = listing.map(file -> FILE.matcher(String.valueOf(file.getFileName())))
                    .filter(Matcher::matches)
                    .toList();
            if (names.isEmpty()) {
                throw new IllegalStateException(data + " holds no data files");
            }
            return new DataFiles(names.get(0).group(1), names.size());
        }
    }
}
