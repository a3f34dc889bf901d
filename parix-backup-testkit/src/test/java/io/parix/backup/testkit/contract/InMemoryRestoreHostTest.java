package io.parix.backup.testkit.contract;

import static io.parix.backup.testkit.fault.Fault.answer;
import static io.parix.backup.testkit.fault.Turns.first;
import static io.parix.backup.testkit.fault.Turns.nth;

import io.parix.backup.ByteSize;
import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseProfile;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.Shape;
import io.parix.backup.host.HostAnswer;
import io.parix.backup.host.RestoreHost;
import io.parix.backup.testkit.fault.Fault;
import io.parix.backup.testkit.fault.Faults;
import io.parix.backup.testkit.host.InMemoryHost;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The host in memory is held to what it helps others with. */
class InMemoryRestoreHostTest implements RestoreHostContract {
    private static final int REPLICAS = 3;

    static InMemoryHost host(DatabaseId database, DatabaseId neighbour, InstantSource clock) {
        InMemoryHost host = new InMemoryHost(clock);
        host.put(profile(database), files(10));
        host.put(profile(neighbour), files(20));
        return host;
    }

    static InMemoryHost memory(RestoreHost host) {
        return host instanceof WrongHost wrapped ? wrapped.right : (InMemoryHost) host;
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
        return memory(host).files(database);
    }

    @Override
    public Optional<Boolean> running(RestoreHost host, DatabaseId database) {
        return Optional.of(memory(host).running(database));
    }

    @Override
    public Optional<Boolean> keepsOldFiles(RestoreHost host, DatabaseId database) {
        return Optional.of(memory(host).keepsOldFiles(database));
    }

    @Override
    public boolean write(RestoreHost host, DatabaseId database, List<byte[]> files) {
        memory(host).files(database, files);
        return true;
    }

    @Override
    public Optional<RestoreHost> mortal(RestoreHost host) {
        return Optional.of(WrongHost.dying(memory(host)));
    }

    @Override
    public Optional<RestoreHost> slowHost() {
        return behind(Stream.of("move", "fenceOld", "swap", "release")
                .map(step -> answer("RestoreHost." + step, nth(1))
                        .with(HostAnswer.pending("it takes its time", Duration.ofMillis(1)))));
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
        return behind(Stream.of(answer(step, first(3)).with(HostAnswer.failed(reason))));
    }

    private Optional<RestoreHost> behind(Stream<Fault> script) {
        InMemoryHost host = host(database(), neighbour(), InstantSource.system());
        Faults faults = Faults.on(InstantSource.system(), time -> {});
        script.forEach(faults::add);
        return Optional.of(new WrongHost(host).asking(faults.before(RestoreHost.class, host)));
    }

    @Override
    public Optional<RestoreHost> fullHost(ByteSize room) {
        InMemoryHost host = host(database(), neighbour(), InstantSource.system());
        host.free(room.bytes());
        return Optional.of(host);
    }
}
