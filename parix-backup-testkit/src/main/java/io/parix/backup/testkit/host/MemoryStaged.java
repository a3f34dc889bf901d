package io.parix.backup.testkit.host;

import io.parix.backup.InvalidRequestException;
import java.util.Optional;
import java.util.TreeMap;

/** What is staged of one backup. */
final class MemoryStaged {
    private final int replicas;
    private final TreeMap<Integer, MemoryStagedFile> files = new TreeMap<>();

    MemoryStaged(int replicas) {
        this.replicas = replicas;
    }

    int replicas() {
        return replicas;
    }

    synchronized MemoryStagedFile open(int replica) {
        if (replica < 0 || replica >= replicas) {
            throw InvalidRequestException.of("replica", String.valueOf(replica), replicas + " replicas are staged");
        }
        return files.computeIfAbsent(replica, index -> new MemoryStagedFile());
    }

    /** The first replica whose file is not there, or empty. */
    Optional<String> missing() {
        for (int i = 0; i < replicas; i++) {
            if (open(i).length() == 0) {
                return Optional.of("replica " + i);
            }
        }
        return Optional.empty();
    }

    byte[] bytes(int replica) {
        return open(replica).bytes();
    }
}
