package io.parix.backup.testkit.host;

import io.parix.backup.CapturedProfile;
import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseProfile;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.InvalidRequestException;
import io.parix.backup.host.Attempt;
import io.parix.backup.host.Capture;
import io.parix.backup.host.DatabaseDirectory;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.host.HostAnswer;
import io.parix.backup.host.Image;
import io.parix.backup.host.ReplicaImages;
import io.parix.backup.host.ReplicaVolume;
import io.parix.backup.host.ReplicaVolumes;
import io.parix.backup.host.RestoreCall;
import io.parix.backup.host.RestoreHost;
import io.parix.backup.host.SnapshotVolume;
import io.parix.backup.host.Staging;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A host whose databases live in memory. Keeps the promises of the host ports: idempotent steps, fencing tokens, old files
 * kept until released.
 *
 * <p>Safe for concurrent calls. Other answers, and a log of what was asked, are put before it by
 * {@link io.parix.backup.testkit.fault.Faults}.
 */
public final class InMemoryHost implements DatabaseDirectory, ReplicaImages, ReplicaVolumes, RestoreHost {
    private final InstantSource clock;
    private final Map<DatabaseId, MemoryDatabase> databases = new HashMap<>();
    private final Map<Attempt, Capture> captures = new HashMap<>();
    private final Map<String, byte[]> onVolumes = new HashMap<>();
    private final Map<DatabaseId, List<ReplicaVolume>> volumes = new HashMap<>();
    private final Map<String, Attempt> attached = new TreeMap<>();
    private final Set<String> dying = new HashSet<>();
    private long free = Integer.MAX_VALUE;

    /**
     * A host without databases.
     *
     * @param clock dates the images
     */
    public InMemoryHost(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Adds a database, or replaces its files and profile.
     *
     * @param profile what the directory says of it
     * @param files its data files, one per replica; not copied
     */
    public synchronized void put(DatabaseProfile profile, List<byte[]> files) {
        databases.put(profile.id(), new MemoryDatabase(profile, files));
    }

    /**
     * Changes what the directory says of a database. Where that is another shape, place or version, images that were
     * {@linkplain #cutAhead cut ahead} are forgotten: they are of something else than it says now.
     *
     * @param database which
     * @param change from the old profile to the new
     * @throws InvalidRequestException when this host does not have it
     */
    public synchronized void change(DatabaseId database, UnaryOperator<DatabaseProfile> change) {
        MemoryDatabase there = there(database);
        CapturedProfile before = CapturedProfile.of(there.profile);
        there.profile = change.apply(there.profile);
        if (!before.equals(CapturedProfile.of(there.profile))) {
            there.ahead = null;
        }
    }

    /**
     * Makes the directory say something else than what is there.
     *
     * @param database which
     * @param facts what it says from now on
     * @throws InvalidRequestException when this host does not have it
     */
    public synchronized void say(DatabaseId database, DatabaseFacts facts) {
        there(database).said = facts;
    }

    /** Makes the next {@code swap} change the file of one replica and then throw, as when its process dies. */
    public synchronized void dieInSwap() {
        dying.add("swap");
    }

    /** Makes the next {@code swapBack} change the file of one replica and then throw, as when its process dies. */
    public synchronized void dieInSwapBack() {
        dying.add("swapBack");
    }

    /**
     * Says what lies on a volume that was made of a snapshot; what is live when the image is taken, until then.
     *
     * @param volume the volume's id
     * @param file the data file on it; not copied
     */
    public synchronized void lies(String volume, byte[] file) {
        onVolumes.put(volume, file);
    }

    /**
     * Cuts images of a database now, which are those that are handed out from now on, whatever is written to it: as of a host that
     * makes them at times, and not when they are asked for. A restore ends that when it swaps files, and so does a
     * {@link #change} of shape, place or version; {@link #files(DatabaseId, List)} does not.
     *
     * @param database which
     * @throws InvalidRequestException when this host does not have it
     */
    public synchronized void cutAhead(DatabaseId database) {
        MemoryDatabase there = there(database);
        there.ahead = new MemoryDatabase.Cut(there.live, clock.instant());
    }

    /**
     * Tells what images hold that are asked for now.
     *
     * @param database which
     * @return the files themselves, by index: the live ones, or those of when images were {@linkplain #cutAhead cut ahead}
     * @throws InvalidRequestException when this host does not have it
     */
    public synchronized List<byte[]> imaged(DatabaseId database) {
        return there(database).cut(clock.instant()).files();
    }

    /**
     * Says which volumes a database's replicas lie on; none until then.
     *
     * @param database which
     * @param lie its volumes
     */
    public synchronized void volumes(DatabaseId database, List<ReplicaVolume> lie) {
        volumes.put(database, List.copyOf(lie));
    }

    /**
     * Limits the staging place.
     *
     * @param bytes what is free
     */
    public synchronized void free(long bytes) {
        free = bytes;
    }

    /** {@return the ids of the volumes, made of snapshots, that are attached for some attempt, in order} */
    public synchronized List<String> attached() {
        return List.copyOf(attached.keySet());
    }

    /** {@return the attempts whose images were handed out and not released, as {@code b1-1}, in order} */
    public synchronized List<String> captured() {
        return captures.keySet().stream().map(Attempt::toString).sorted().toList();
    }

    /**
     * Gives the live files of a database.
     *
     * @param database which
     * @return the files themselves, by index
     * @throws InvalidRequestException when this host does not have it
     */
    public synchronized List<byte[]> files(DatabaseId database) {
        return List.copyOf(there(database).live);
    }

    /**
     * Replaces the live files, as damage or writes would.
     *
     * @param database which
     * @param files the new files
     * @throws InvalidRequestException when this host does not have it
     */
    public synchronized void files(DatabaseId database, List<byte[]> files) {
        there(database).live = List.copyOf(files);
    }

    /**
     * Tells whether the old files of some restore are still kept.
     *
     * @param database which
     * @return whether they are
     * @throws InvalidRequestException when this host does not have it
     */
    public synchronized boolean keepsOldFiles(DatabaseId database) {
        return there(database).keepsOldFiles();
    }

    /**
     * Tells whether the replicas run.
     *
     * @param database which
     * @return whether they do
     * @throws InvalidRequestException when this host does not have it
     */
    public synchronized boolean running(DatabaseId database) {
        return there(database).running;
    }

    @Override
    public synchronized DatabaseFacts look(DatabaseId database) {
        MemoryDatabase there = databases.get(database);
        if (there == null) {
            return new DatabaseFacts.Unknown("there is no row for it");
        }
        return there.said != null ? there.said : new DatabaseFacts.Live(there.profile);
    }

    @Override
    public synchronized List<ReplicaVolume> of(DatabaseId database) {
        return volumes.getOrDefault(database, List.of());
    }

    @Override
    public Capture capture(Attempt attempt) {
        return capture(attempt, List.of());
    }

    @Override
    public synchronized Capture capture(Attempt attempt, List<SnapshotVolume> given) {
        MemoryDatabase database = there(attempt.database());
        given.forEach(volume -> attached.put(volume.volume(), attempt));
        return captures.computeIfAbsent(attempt, a -> images(database, given));
    }

    private Capture images(MemoryDatabase database, List<SnapshotVolume> given) {
        List<Image> images = new ArrayList<>();
        MemoryDatabase.Cut cut = database.cut(clock.instant());
        for (int i = 0; i < cut.files().size(); i++) {
            int replica = i;
            Optional<SnapshotVolume> on =
                    given.stream().filter(volume -> volume.replica() == replica).findFirst();
            images.add(new MemoryImage(
                    database.profile.id() + "_" + replica,
                    on.map(SnapshotVolume::cutNotBefore).orElse(cut.at()),
                    on.map(volume -> onVolume(database, volume))
                            .orElse(cut.files().get(replica))));
        }
        return new Capture.Ready(images);
    }

    private byte[] onVolume(MemoryDatabase database, SnapshotVolume volume) {
        byte[] known = onVolumes.get(volume.volume());
        return known != null ? known : database.live.get(volume.replica());
    }

    @Override
    public synchronized void release(Attempt attempt) {
        captures.remove(attempt);
        attached.values().removeIf(attempt::equals);
    }

    @Override
    public HostAnswer move(RestoreCall call) {
        return does(call, database -> database.status(DatabaseStatus.PROVISIONING));
    }

    @Override
    public synchronized Staging stage(RestoreCall call, int replicas) {
        return new MemoryStaging(admitted(call).stage(call, replicas), free);
    }

    @Override
    public HostAnswer fenceOld(RestoreCall call) {
        return does(call, database -> database.running = false);
    }

    @Override
    public HostAnswer swap(RestoreCall call) {
        return act(call, database -> {
            HostAnswer answer = database.swap(call, replicasOf("swap"));
            dieIn("swap");
            return answer;
        });
    }

    @Override
    public HostAnswer start(RestoreCall call) {
        return act(call, database -> database.start(call));
    }

    @Override
    public HostAnswer confirm(RestoreCall call) {
        return does(call, database -> {});
    }

    @Override
    public HostAnswer open(RestoreCall call) {
        return does(call, database -> database.status(DatabaseStatus.ACTIVE));
    }

    @Override
    public HostAnswer release(RestoreCall call) {
        return does(call, database -> database.letGo(call));
    }

    @Override
    public HostAnswer fenceRestored(RestoreCall call) {
        return does(call, database -> database.running = false);
    }

    @Override
    public HostAnswer swapBack(RestoreCall call) {
        return does(call, database -> {
            database.swapBack(call, replicasOf("swapBack"));
            dieIn("swapBack");
        });
    }

    @Override
    public HostAnswer moveBack(RestoreCall call, DatabaseStatus statusBefore) {
        return does(call, database -> {
            database.running = true;
            database.status(statusBefore);
        });
    }

    private HostAnswer does(RestoreCall call, Consumer<MemoryDatabase> act) {
        return act(call, database -> {
            act.accept(database);
            return HostAnswer.done();
        });
    }

    private synchronized HostAnswer act(RestoreCall call, Function<MemoryDatabase, HostAnswer> act) {
        return act.apply(admitted(call));
    }

    private int replicasOf(String step) {
        return dying.contains(step) ? 1 : Integer.MAX_VALUE;
    }

    private void dieIn(String step) {
        if (dying.remove(step)) {
            throw new IllegalStateException("This host died in the middle of " + step + ", as it was told to");
        }
    }

    private MemoryDatabase admitted(RestoreCall call) {
        MemoryDatabase database = there(call.database());
        database.admit(call);
        return database;
    }

    private MemoryDatabase there(DatabaseId database) {
        MemoryDatabase there = databases.get(database);
        if (there == null) {
            throw InvalidRequestException.of("database", database.value(), "this host does not have it");
        }
        return there;
    }
}
