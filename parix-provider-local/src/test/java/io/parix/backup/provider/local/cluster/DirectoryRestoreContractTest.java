package io.parix.backup.provider.local.cluster;

import io.parix.backup.DatabaseId;
import io.parix.backup.host.DatabaseDirectory;
import io.parix.backup.host.HostAnswer;
import io.parix.backup.host.RestoreHost;
import io.parix.backup.provider.local.disk.Disk;
import io.parix.backup.testkit.contract.RestoreHostContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;

class DirectoryRestoreContractTest implements RestoreHostContract {
    @TempDir
    private Path directory;

    private final IdentityHashMap<RestoreHost, DirectoryFleet> fleets = new IdentityHashMap<>();

    private DirectoryFleet fleet() throws IOException {
        return new DirectoryFleet(
                Files.createTempDirectory(directory, "clusters"), InstantSource.system(), database(), neighbour());
    }

    private RestoreHost hostOf(DirectoryFleet fleet, Disk disk) {
        RestoreHost host = fleet.restores(disk);
        fleets.put(host, fleet);
        return host;
    }

    private DirectoryFleet fleetOf(RestoreHost host) {
        return Objects.requireNonNull(fleets.get(host));
    }

    @Override
    public RestoreHost host() throws IOException {
        return hostOf(fleet(), new Disk());
    }

    @Override
    public List<byte[]> live(RestoreHost host, DatabaseId database) throws IOException {
        return fleetOf(host).live(database);
    }

    @Override
    public Optional<RestoreHost> again(RestoreHost host) {
        return Optional.of(hostOf(fleetOf(host), new Disk()));
    }

    @Override
    public Optional<DatabaseDirectory> directory(RestoreHost host) {
        return Optional.of(fleetOf(host)::look);
    }

    @Override
    public Optional<Boolean> running(RestoreHost host, DatabaseId database) {
        return Optional.of(fleetOf(host).running(database));
    }

    @Override
    public Optional<Boolean> keepsOldFiles(RestoreHost host, DatabaseId database) {
        return Optional.of(fleetOf(host).keepsOldFiles(database));
    }

    @Override
    public boolean write(RestoreHost host, DatabaseId database, List<byte[]> files) throws IOException {
        fleetOf(host).write(database, files);
        return true;
    }

    @Override
    public Optional<RestoreHost> mortal(RestoreHost host) {
        AtomicInteger renames = new AtomicInteger();
        return Optional.of(hostOf(fleetOf(host), new Disk((operation, path) -> {
            if (operation == Disk.Operation.REPLACE
                    && path.toString().endsWith(".tigerbeetle")
                    && renames.incrementAndGet() > 1) {
                throw new IllegalStateException("killed");
            }
        })));
    }

    @Override
    public Optional<RestoreHost> slowHost() throws IOException {
        DirectoryFleet fleet = fleet();
        fleet.takesTime(HostAnswer.pending("draining node 1", Duration.ofMillis(1)));
        return Optional.of(hostOf(fleet, new Disk()));
    }

    @Override
    public Optional<RestoreHost> unstoppableHost() throws IOException {
        DirectoryFleet fleet = fleet();
        fleet.stops = HostAnswer.failed("replica 1 does not stop.");
        return Optional.of(hostOf(fleet, new Disk()));
    }

    @Override
    public Optional<RestoreHost> unwellHost() throws IOException {
        DirectoryFleet fleet = fleet();
        fleet.works = HostAnswer.failed("the replicas find no quorum.");
        return Optional.of(hostOf(fleet, new Disk()));
    }
}
