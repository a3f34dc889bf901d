package io.parix.backup.testkit.contract;

import io.parix.backup.host.KeyPort;
import io.parix.backup.testkit.host.InMemoryKeys;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ExtendWith;

/** The suite of key ports on a mutant. Not a test of the build: {@link HostMutantTest} launches it and wants it to fail. */
@ExtendWith(MutantName.class)
final class MutatedKeys implements KeyPortContract {
    private final InMemoryKeysTest right = new InMemoryKeysTest();
    private final Function<InMemoryKeys, WrongKeys> mutation;

    MutatedKeys(String mutant) {
        this.mutation = KeyMutants.all().getOrDefault(mutant, WrongKeys::new);
    }

    private static InMemoryKeys memory(KeyPort port) {
        return InMemoryKeysTest.memory(port);
    }

    @Override
    public KeyPort keys() {
        return mutation.apply(memory(right.keys()));
    }

    @Override
    public Optional<KeyPort> again(KeyPort port) {
        return Optional.of(mutation.apply(memory(port)));
    }

    @Override
    public boolean rotate(KeyPort port) {
        ((WrongKeys) port).rotate();
        return true;
    }

    @Override
    public boolean lose(KeyPort port, String id) {
        return right.lose(port, id);
    }

    @Override
    public boolean unreachable(KeyPort port) {
        return right.unreachable(port);
    }

    @Override
    public void reachable(KeyPort port) {
        right.reachable(port);
    }

    @Override
    public boolean clear(KeyPort port) {
        return right.clear(port);
    }
}
