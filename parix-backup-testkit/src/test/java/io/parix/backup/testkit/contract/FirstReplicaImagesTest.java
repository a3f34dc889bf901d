package io.parix.backup.testkit.contract;

import io.parix.backup.DatabaseId;
import io.parix.backup.host.ReplicaImages;
import io.parix.backup.testkit.host.InMemoryHost;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** As little as an author begins with. */
class FirstReplicaImagesTest implements ReplicaImagesContract {
    @Override
    public ReplicaImages images() {
        return InMemoryRestoreHostTest.host(database(), neighbour(), InstantSource.system());
    }

    @Override
    public List<byte[]> live(ReplicaImages images, DatabaseId database) {
        return ((InMemoryHost) images).files(database);
    }

    @Override
    public Instant now() {
        return Instant.now();
    }
}
