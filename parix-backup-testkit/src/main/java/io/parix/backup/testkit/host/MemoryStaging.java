package io.parix.backup.testkit.host;

import io.parix.backup.host.StagedFile;
import io.parix.backup.host.Staging;
import java.util.Map;

/** A staging place in memory. */
record MemoryStaging(Map<Integer, MemoryStagedFile> files, long free) implements Staging {
    @Override
    public long freeSpace() {
        return free;
    }

    @Override
    public StagedFile open(int replica) {
        return files.computeIfAbsent(replica, index -> new MemoryStagedFile());
    }

    @Override
    public void close() {}
}
