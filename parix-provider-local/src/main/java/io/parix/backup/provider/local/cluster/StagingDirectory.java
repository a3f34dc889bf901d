package io.parix.backup.provider.local.cluster;

import io.parix.backup.InvalidRequestException;
import io.parix.backup.host.StagedFile;
import io.parix.backup.host.Staging;
import io.parix.backup.provider.local.disk.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A directory on the live files' own file system, so that a staged file becomes a live one by its name alone. */
record StagingDirectory(ClusterPlace place, Path directory, Disk disk, StagedReplica.Guard guard) implements Staging {
    @Override
    public long freeSpace() throws IOException {
        return Files.getFileStore(directory).getUsableSpace();
    }

    @Override
    public StagedFile open(int replica) throws IOException {
        if (replica < 0 || replica >= place.replicas()) {
            throw InvalidRequestException.of(
                    "replica", String.valueOf(replica), "the cluster has " + place.replicas() + " replicas");
        }
        Path path = directory.resolve(place.fileName(replica));
        Area.requireFileOrNothing(path);
        return new StagedReplica(path, disk, guard);
    }

    @Override
    public void close() {
        // Nothing is held but the files, which the engine closes.
    }
}
