package io.parix.backup.testkit.contract;

import io.parix.backup.ByteSize;
import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseProfile;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.Shape;
import io.parix.backup.host.HostAnswer;
import io.parix.backup.host.RestoreHost;
import io.parix.backup.testkit.host.InMemoryHost;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The host in memory is held to what it helps others with. */
class InMemoryRestoreHostTest implements RestoreHostContract {
    private static final int REPLICAS = 3;

    static InMemoryHost host(DatabaseId database, DatabaseId neighbour, InstantSource clock) {
        InMemoryHost host = new InMemoryHost(clock);
        host.put(profile(database), files(10));
        host.put(profile(neighbour), files(20));
        return host;
    }

    static DatabaseProfile profile(DatabaseId database) {
        ByteSize size = ByteSize.gibibytes(1);
        Shape shape = new Shape(REPLICAS, 2, size, "ssd", size, "private", false, "0.17.8");
        return new DatabaseProfile(
                database, database.value(), DatabaseStatus.ACTIVE, "eu-west-1", "memory", shape, List.of());
    }

    private static List<byte[]> files(int seed) {
        return IntStream.range(0, REPLICAS)
                .mapToObj(i -> Samples.bytes(seed + i, 50_000 + i))
                .toList();
    }

    @Override
    public RestoreHost host() {
        return host(database(), neighbour(), InstantSource.system());
    }

    @Override
    public List<byte[]> live(RestoreHost host, DatabaseId database) {
        return ((InMemoryHost) host).files(database);
    }

    @Override
    public Optional<Boolean> running(RestoreHost host, DatabaseId database) {
        return Optional.of(((InMemoryHost) host).running(database));
    }

    @Override
    public Optional<Boolean> keepsOldFiles(RestoreHost host, DatabaseId database) {
        return Optional.of(((InMemoryHost) host).keepsOldFiles(database));
    }

    @Override
    public boolean write(RestoreHost host, DatabaseId database, List<byte[]> files) {
        ((InMemoryHost) host).files(database, files);
        return true;
    }

    @Override
    public Optional<RestoreHost> mortal(RestoreHost host) {
        return Optional.of(WrongHost.dying((InMemoryHost) host));
    }

    @Override
    public Optional<RestoreHost> slowHost() {
        InMemoryHost host = host(database(), neighbour(), InstantSource.system());
        for (String step : List.of("move", "fenceOld", "swap", "release")) {
            host.answer(step, HostAnswer.pending("it takes its time", Duration.ofMillis(1)));
        }
        return Optional.of(host);
    }

    @Override
    public Optional<RestoreHost> unstoppableHost() {
        return failing("fenceOld", "replica 1 does not stop");
    }

    @Override
    public Optional<RestoreHost> unwellHost() {
        return failing("confirm", "the replicas find no quorum");
    }

    private Optional<RestoreHost> failing(String step, String reason) {
        InMemoryHost host = host(database(), neighbour(), InstantSource.system());
        for (int i = 0; i < 3; i++) {
            host.answer(step, HostAnswer.failed(reason));
        }
        return Optional.of(host);
    }

    @Override
    public Optional<RestoreHost> fullHost(ByteSize room) {
        InMemoryHost host = host(database(), neighbour(), InstantSource.system());
        host.free(room.bytes());
        return Optional.of(host);
    }
}
