package io.parix.backup.testkit.host;

import io.parix.backup.host.StagedFile;
import io.parix.backup.host.Staging;

/** A staging place in memory. */
record MemoryStaging(MemoryStaged files, long free) implements Staging {
    @Override
    public long freeSpace() {
        return free;
    }

    @Override
    public StagedFile open(int replica) {
        return files.open(replica);
    }

    @Override
    public void close() {}
}
