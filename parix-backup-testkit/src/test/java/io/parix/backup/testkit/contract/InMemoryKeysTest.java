package io.parix.backup.testkit.contract;

import io.parix.backup.host.KeyPort;
import io.parix.backup.testkit.host.InMemoryKeys;
import java.util.Optional;

/** The keys in memory are held to what they help others with. */
class InMemoryKeysTest implements KeyPortContract {
    static InMemoryKeys memory(KeyPort port) {
        return port instanceof WrongKeys wrapped ? wrapped.right : (InMemoryKeys) port;
    }

    @Override
    public KeyPort keys() {
        return InMemoryKeys.sealing();
    }

    @Override
    public Optional<KeyPort> again(KeyPort port) {
        return Optional.of(new WrongKeys(memory(port)));
    }

    @Override
    public boolean rotate(KeyPort port) {
        memory(port).rotate();
        return true;
    }

    @Override
    public boolean lose(KeyPort port, String id) {
        memory(port).lose(id);
        return true;
    }

    @Override
    public boolean unreachable(KeyPort port) {
        memory(port).fail("the key service does not answer");
        return true;
    }

    @Override
    public void reachable(KeyPort port) {
        memory(port).recover();
    }

    @Override
    public boolean clear(KeyPort port) {
        memory(port).stop();
        return true;
    }
}
