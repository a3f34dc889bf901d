package io.parix.backup.testkit.simulation;

import io.parix.backup.ByteSize;
import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseProfile;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.Shape;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.host.ReplicaVolume;
import io.parix.backup.host.ReplicaVolume.ImageFrom;
import io.parix.backup.testkit.host.InMemoryHost;
import io.parix.backup.testkit.store.InMemoryProvider;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** The databases of a run, and what their host does with them: it makes new ones, writes, gives them more, and runs newer releases. */
final class Fleet {
    /** More would make runs longer, and not other. */
    private static final int MOST = 3;

    private final InMemoryHost host;
    private final Past past;
    private final Optional<ImageFrom> images;
    private final List<DatabaseId> databases = new ArrayList<>();
    private final Map<DatabaseId, Integer> running = new HashMap<>();

    Fleet(InMemoryHost host, Past past, Plan plan) {
        this.host = host;
        this.past = past;
        this.images = plan.images();
        for (int i = 0; i < plan.databases(); i++) {
            create();
        }
    }

    /** All there ever were, the deleted ones among them. */
    List<DatabaseId> databases() {
        return List.copyOf(databases);
    }

    boolean hasRoom() {
        return databases.size() < MOST;
    }

    /** Makes one more, of the oldest release. */
    DatabaseId create() {
        int index = databases.size();
        DatabaseId database = new DatabaseId("db-" + index);
        List<byte[]> files = Ledgers.files(index, 0);
        host.put(profile(database, files.size()), files);
        past.look(database);
        images.ifPresent(from -> host.volumes(
                database,
                IntStream.range(0, files.size())
                        .mapToObj(i -> new ReplicaVolume(i, volume(database, i), Map.of(), from))
                        .toList()));
        running.put(database, 0);
        databases.add(database);
        return database;
    }

    private static DatabaseProfile profile(DatabaseId database, int replicas) {
        Shape shape = new Shape(
                replicas,
                4,
                ByteSize.gibibytes(16),
                "ssd",
                ByteSize.gibibytes(100),
                "private",
                false,
                Ledgers.RELEASES.get(0).toString());
        return new DatabaseProfile(
                database,
                "ledger " + database,
                DatabaseStatus.ACTIVE,
                "eu-central-1",
                InMemoryProvider.ID,
                shape,
                List.of());
    }

    boolean active(DatabaseId database) {
        return host.look(database) instanceof DatabaseFacts.Live live
                && live.profile().status().equals(DatabaseStatus.ACTIVE);
    }

    /** Its files are those of a version, as the release that runs writes them. */
    void write(DatabaseId database, int version) {
        host.files(database, Ledgers.files(databases.indexOf(database), version, running.getOrDefault(database, 0)));
        past.look(database);
    }

    private static String volume(DatabaseId database, int replica) {
        return "vol-" + database + "-" + replica;
    }

    /** The file that lies on a volume. */
    Optional<byte[]> on(String volume) {
        for (DatabaseId database : databases) {
            List<byte[]> files = host.files(database);
            for (int i = 0; i < files.size(); i++) {
                if (volume(database, i).equals(volume)) {
                    return Optional.of(files.get(i));
                }
            }
        }
        return Optional.empty();
    }

    /** Its nodes get more processors. */
    void enlarge(DatabaseId database) {
        shape(
                database,
                shape -> new Shape(
                        shape.nodeCount(),
                        shape.vcpu() * 2,
                        shape.memory(),
                        shape.storageTier(),
                        shape.storageSize(),
                        shape.networkMode(),
                        shape.developmentMode(),
                        shape.tigerBeetleVersion()));
    }

    /** Whether its profile and its replicas are of different releases. */
    boolean betweenReleases(DatabaseId database) {
        return host.look(database) instanceof DatabaseFacts.Live live
                && said(live) != running.getOrDefault(database, 0);
    }

    /** Whether there is a newer release than its profile says. */
    boolean canBeNewer(DatabaseId database) {
        return host.look(database) instanceof DatabaseFacts.Live live && said(live) + 1 < Ledgers.RELEASES.size();
    }

    /** Its profile says the next release; its replicas follow. */
    void promise(DatabaseId database) {
        say(database, running.getOrDefault(database, 0) + 1);
    }

    /** Its replicas run the next release, and write it with what they write next; its profile follows. */
    void rush(DatabaseId database) {
        running.merge(database, 1, Integer::sum);
    }

    /** What is behind follows: no release is ever gone back to. */
    void catchUp(DatabaseId database) {
        if (host.look(database) instanceof DatabaseFacts.Live live) {
            int newer = Math.max(said(live), running.getOrDefault(database, 0));
            say(database, newer);
            running.put(database, newer);
        }
    }

    private static int said(DatabaseFacts.Live live) {
        String said = live.profile().shape().tigerBeetleVersion();
        return IntStream.range(0, Ledgers.RELEASES.size())
                .filter(i -> Ledgers.RELEASES.get(i).toString().equals(said))
                .findFirst()
                .orElseThrow();
    }

    private void say(DatabaseId database, int release) {
        shape(
                database,
                shape -> new Shape(
                        shape.nodeCount(),
                        shape.vcpu(),
                        shape.memory(),
                        shape.storageTier(),
                        shape.storageSize(),
                        shape.networkMode(),
                        shape.developmentMode(),
                        Ledgers.RELEASES.get(release).toString()));
    }

    private void shape(DatabaseId database, UnaryOperator<Shape> change) {
        host.change(
                database,
                profile -> new DatabaseProfile(
                        profile.id(),
                        profile.name(),
                        profile.status(),
                        profile.region(),
                        profile.provider(),
                        change.apply(profile.shape()),
                        profile.workflows()));
    }
}
