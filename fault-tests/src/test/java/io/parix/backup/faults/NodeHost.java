package io.parix.backup.faults;

import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseProfile;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.host.Attempt;
import io.parix.backup.host.Capture;
import io.parix.backup.host.DatabaseDirectory;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.host.HostAnswer;
import io.parix.backup.host.ReplicaImages;
import io.parix.backup.host.RestoreCall;
import io.parix.backup.host.RestoreHost;
import io.parix.backup.provider.local.cluster.ClusterControl;
import io.parix.backup.provider.local.cluster.ClusterPlace;
import io.parix.backup.provider.local.cluster.DirectoryCluster;
import io.parix.backup.provider.local.cluster.WatchedDirectory;
import io.parix.backup.provider.local.disk.Disk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The host's side of a process: every database of the round, each a directory of stopped data files. */
final class NodeHost implements DatabaseDirectory, ReplicaImages {
    private static final int VCPU = 4;

    private final RoundFolder folder;
    private final Announcer announcer;
    private final SecureRandom chance = new SecureRandom();
    private final AtomicInteger restlessness = new AtomicInteger(VCPU);
    private final Map<Path, DirectoryCluster> images = new ConcurrentHashMap<>();
    private final Map<DatabaseId, DirectoryCluster> live = new ConcurrentHashMap<>();
    private final ThreadLocal<Step> steps = ThreadLocal.withInitial(() -> new Step("none"));

    /** What a thread is asked to do, and how many data files it has renamed for it. */
    private static final class Step {
        private final String method;
        private int renames;

        Step(String method) {
            this.method = method;
        }
    }

    NodeHost(RoundFolder folder, Announcer announcer) {
        this.folder = folder;
        this.announcer = announcer;
    }

    /** Whatever a restless database's profile was, it is another one from now on. */
    void disturb() {
        restlessness.set(VCPU + 1 + chance.nextInt(1 << 30));
    }

    @Override
    public DatabaseFacts look(DatabaseId database) {
        return new DatabaseFacts.Live(profile(database));
    }

    private DatabaseProfile profile(DatabaseId database) {
        boolean restless = Moment.Kind.of(database.value()) == Moment.Kind.RESTLESS;
        try {
            return RoundFolder.profile(database, folder.status(database), restless ? restlessness.get() : VCPU);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Capture capture(Attempt attempt) {
        return imagesOf(attempt).capture(attempt);
    }

    @Override
    public void release(Attempt attempt) {
        imagesOf(attempt).release(attempt);
    }

    private DirectoryCluster imagesOf(Attempt attempt) {
        Path from = folder.images(attempt.backup());
        ClusterPlace place = place(attempt.database(), from);
        return images.computeIfAbsent(
                from.resolve(attempt.database().value()),
                key -> new DirectoryCluster(place, control(attempt.database()), InstantSource.system()));
    }

    private static ClusterPlace place(DatabaseId database, Path directory) {
        return new ClusterPlace(database, directory, RoundFolder.cluster(), RoundFolder.REPLICAS);
    }

    RestoreHost restores() {
        return Around.each(RestoreHost.class, arguments -> liveOf(databaseOf(arguments)), (method, arguments, call) -> {
            steps.set(new Step(method));
            if (method.equals("fenceOld")) {
                announcer.at(Moment.AFTER_STAGING, databaseOf(arguments).value());
            }
            return call.go();
        });
    }

    /** What is asked of no database in particular has the same answer from each. */
    private static DatabaseId databaseOf(Object[] arguments) {
        return arguments.length > 0
                ? ((RestoreCall) arguments[0]).database()
                : new DatabaseId(RoundFolder.databases().get(0));
    }

    private DirectoryCluster liveOf(DatabaseId database) {
        return live.computeIfAbsent(
                database,
                key -> WatchedDirectory.of(
                        place(key, folder.live(key.value())),
                        control(key),
                        (operation, path) -> changing(key, operation, path)));
    }

    private void changing(DatabaseId database, Disk.Operation operation, Path path) {
        Step step = steps.get();
        if (operation == Disk.Operation.REPLACE && path.toString().endsWith(".tigerbeetle")) {
            step.renames++;
            if (step.renames == 2) {
                boolean back = step.method.equals("swapBack");
                announcer.at(back ? Moment.BETWEEN_RENAMES_BACK : Moment.BETWEEN_RENAMES, database.value());
            }
        }
    }

    private ClusterControl control(DatabaseId database) {
        ClusterControl files = ClusterControl.filesOnly(this::move);
        return Moment.Kind.of(database.value()) == Moment.Kind.SICK ? new NeverConfirmed(files) : files;
    }

    private HostAnswer move(RestoreCall call, DatabaseStatus status) {
        try {
            folder.status(call.database(), status);
            return HostAnswer.done();
        } catch (IOException e) {
            return HostAnswer.failed("the status of " + call.database() + " could not be written: " + e + ".");
        }
    }

    /** A cluster that does not work after a restore. */
    private record NeverConfirmed(ClusterControl files) implements ClusterControl {
        @Override
        public HostAnswer profile(RestoreCall call, DatabaseStatus status) {
            return files.profile(call, status);
        }

        @Override
        public HostAnswer stop(RestoreCall call) {
            return files.stop(call);
        }

        @Override
        public HostAnswer start(RestoreCall call) {
            return files.start(call);
        }

        @Override
        public HostAnswer confirm(RestoreCall call) {
            return HostAnswer.failed("the replicas find no quorum.");
        }

        @Override
        public HostAnswer open(RestoreCall call) {
            return files.open(call);
        }

        @Override
        public HostAnswer resume(RestoreCall call) {
            return files.resume(call);
        }
    }
}
