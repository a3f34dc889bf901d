package io.parix.backup.provider.local.cluster;

import io.parix.backup.ByteSize;
import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseProfile;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.Shape;
import io.parix.backup.host.Attempt;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.host.HostAnswer;
import io.parix.backup.host.ReplicaImages;
import io.parix.backup.host.RestoreCall;
import io.parix.backup.host.RestoreHost;
import io.parix.backup.provider.local.disk.Disk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Two clusters in one directory, which is as near as they can be to each other, and what is known of both. */
final class DirectoryFleet implements ClusterControl {
    private static final int REPLICAS = 3;

    private final Path directory;
    private final List<DatabaseId> databases;
    private final InstantSource clock;
    private final Map<DatabaseId, DatabaseStatus> statuses = new ConcurrentHashMap<>();
    private final Set<DatabaseId> stopped = ConcurrentHashMap.newKeySet();

    private final Deque<HostAnswer> first = new ArrayDeque<>();

    /** What stopping answers. */
    HostAnswer stops = HostAnswer.done();

    /** What confirming answers. */
    HostAnswer works = HostAnswer.done();

    DirectoryFleet(Path directory, InstantSource clock, DatabaseId... databases) throws IOException {
        this.directory = directory;
        this.databases = List.of(databases);
        this.clock = clock;
        Random bytes = new Random(7);
        for (DatabaseId database : databases) {
            for (int i = 0; i < REPLICAS; i++) {
                byte[] file = new byte[30_000 + i];
                bytes.nextBytes(file);
                Files.write(place(database).live(i), file);
            }
        }
    }

    /** The second cluster's files have names that begin like the first one's. */
    private ClusterPlace place(DatabaseId database) {
        String cluster = "7".repeat(1 + databases.indexOf(database));
        return new ClusterPlace(database, directory, cluster, REPLICAS);
    }

    /** A process that serves both databases; what neither is goes to the first, which refuses it. */
    RestoreHost restores(Disk disk) {
        return process(RestoreHost.class, disk);
    }

    ReplicaImages images() {
        return process(ReplicaImages.class, new Disk());
    }

    private <T> T process(Class<T> port, Disk disk) {
        List<DirectoryCluster> clusters = databases.stream()
                .map(database -> new DirectoryCluster(place(database), this, clock, disk))
                .toList();
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, (proxy, method, arguments) -> {
                    int index = arguments == null ? 0 : Math.max(0, databases.indexOf(databaseOf(arguments[0])));
                    try {
                        return method.invoke(clusters.get(index), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private static DatabaseId databaseOf(Object asked) {
        return asked instanceof Attempt attempt ? attempt.database() : ((RestoreCall) asked).database();
    }

    List<byte[]> live(DatabaseId database) throws IOException {
        List<byte[]> live = new ArrayList<>();
        for (int i = 0; i < REPLICAS; i++) {
            Path file = place(database).live(i);
            live.add(Files.exists(file) ? Files.readAllBytes(file) : new byte[0]);
        }
        return live;
    }

    void write(DatabaseId database, List<byte[]> files) throws IOException {
        for (int i = 0; i < files.size(); i++) {
            if (files.get(i).length == 0) {
                Files.delete(place(database).live(i));
            } else {
                Files.write(place(database).live(i), files.get(i));
            }
        }
    }

    void stopAll() {
        stopped.addAll(databases);
    }

    boolean running(DatabaseId database) {
        return !stopped.contains(database);
    }

    /** Whether a file of the database lies where old ones are kept. */
    boolean keepsOldFiles(DatabaseId database) {
        String kept = ".*/kept-[^/]+/" + place(database).cluster() + "_[0-9]\\.tigerbeetle";
        try (var all = Files.walk(directory)) {
            return all.anyMatch(file -> file.toString().matches(kept));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    DatabaseFacts look(DatabaseId database) {
        ByteSize size = ByteSize.gibibytes(1);
        Shape shape = new Shape(REPLICAS, 2, size, "ssd", size, "private", false, "0.17.8");
        DatabaseStatus status = statuses.getOrDefault(database, DatabaseStatus.ACTIVE);
        return new DatabaseFacts.Live(
                new DatabaseProfile(database, database.value(), status, "eu-west-1", "local", shape, List.of()));
    }

    @Override
    public HostAnswer profile(RestoreCall call, DatabaseStatus status) {
        statuses.put(call.database(), status);
        return HostAnswer.done();
    }

    /** Makes stopping answer this once, before it stops anything. */
    void takesTime(HostAnswer answer) {
        first.add(answer);
    }

    @Override
    public HostAnswer stop(RestoreCall call) {
        if (!first.isEmpty()) {
            return first.remove();
        }
        if (stops instanceof HostAnswer.Done) {
            stopped.add(call.database());
        }
        return stops;
    }

    @Override
    public HostAnswer start(RestoreCall call) {
        stopped.remove(call.database());
        return HostAnswer.done();
    }

    @Override
    public HostAnswer confirm(RestoreCall call) {
        return works;
    }

    @Override
    public HostAnswer open(RestoreCall call) {
        return HostAnswer.done();
    }

    @Override
    public HostAnswer resume(RestoreCall call) {
        stopped.remove(call.database());
        return HostAnswer.done();
    }
}
