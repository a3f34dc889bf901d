package io.parix.backup.testkit.contract;

import io.parix.backup.host.KeyPort;
import io.parix.backup.testkit.host.InMemoryKeys;

/** As little as an author begins with. */
class FirstKeyPortTest implements KeyPortContract {
    @Override
    public KeyPort keys() {
        return InMemoryKeys.sealing();
    }
}
