package io.parix.backup.provider.local.cluster;

import io.parix.backup.provider.local.disk.Disk;
import java.time.InstantSource;

/** A cluster in a directory, each change of whose files is announced before it is made. */
public final class WatchedDirectory {
    private WatchedDirectory() {}

    public static DirectoryCluster of(ClusterPlace place, ClusterControl control, Disk.Watcher watcher) {
        return new DirectoryCluster(place, control, InstantSource.system(), new Disk(watcher));
    }
}
