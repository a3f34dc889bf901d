package io.parix.backup.testkit.contract;

import io.parix.backup.ByteSize;
import io.parix.backup.DatabaseId;
import io.parix.backup.host.DatabaseDirectory;
import io.parix.backup.host.RestoreHost;
import io.parix.backup.testkit.host.InMemoryHost;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ExtendWith;

/** The suite of restore hosts on a mutant. Not a test of the build: {@link HostMutantTest} launches it and wants it to fail. */
@ExtendWith(MutantName.class)
final class MutatedHost implements RestoreHostContract {
    private final InMemoryRestoreHostTest right = new InMemoryRestoreHostTest();
    private final Function<InMemoryHost, WrongHost> mutation;
    private final Duration patience;

    MutatedHost(String mutant) {
        this.mutation = HostMutants.all().getOrDefault(mutant, WrongHost::new);
        this.patience = mutant.isEmpty() ? right.patience() : Duration.ofMillis(50);
    }

    private static InMemoryHost memory(RestoreHost host) {
        return InMemoryRestoreHostTest.memory(host);
    }

    private RestoreHost mutant(RestoreHost host) {
        WrongHost mutant = mutation.apply(memory(host));
        return host instanceof WrongHost given ? mutant.asking(given.way()) : mutant;
    }

    @Override
    public RestoreHost host() {
        return mutant(right.host());
    }

    @Override
    public List<byte[]> live(RestoreHost host, DatabaseId database) {
        return right.live(memory(host), database);
    }

    @Override
    public Optional<RestoreHost> again(RestoreHost host) {
        return Optional.of(mutant(host));
    }

    @Override
    public Optional<DatabaseDirectory> directory(RestoreHost host) {
        return Optional.of(memory(host));
    }

    @Override
    public Optional<Boolean> running(RestoreHost host, DatabaseId database) {
        return right.running(memory(host), database);
    }

    @Override
    public Optional<Boolean> keepsOldFiles(RestoreHost host, DatabaseId database) {
        return right.keepsOldFiles(memory(host), database);
    }

    @Override
    public boolean write(RestoreHost host, DatabaseId database, List<byte[]> files) {
        return right.write(memory(host), database, files);
    }

    @Override
    public Optional<RestoreHost> mortal(RestoreHost host) {
        return right.mortal(memory(host));
    }

    @Override
    public Optional<RestoreHost> slowHost() {
        return right.slowHost().map(this::mutant);
    }

    @Override
    public Optional<RestoreHost> unstoppableHost() {
        return right.unstoppableHost().map(this::mutant);
    }

    @Override
    public Optional<RestoreHost> unwellHost() {
        return right.unwellHost().map(this::mutant);
    }

    @Override
    public Optional<RestoreHost> fullHost(ByteSize room) {
        return right.fullHost(room).map(this::mutant);
    }

    @Override
    public Duration patience() {
        return patience;
    }
}
