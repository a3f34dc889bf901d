package io.parix.backup.testkit.contract;

import io.parix.backup.DatabaseId;
import io.parix.backup.host.RestoreHost;
import io.parix.backup.testkit.host.InMemoryHost;
import java.time.InstantSource;
import java.util.List;

/** As little as an author begins with. */
class FirstRestoreHostTest implements RestoreHostContract {
    @Override
    public RestoreHost host() {
        return InMemoryRestoreHostTest.host(database(), neighbour(), InstantSource.system());
    }

    @Override
    public List<byte[]> live(RestoreHost host, DatabaseId database) {
        return ((InMemoryHost) host).files(database);
    }
}
