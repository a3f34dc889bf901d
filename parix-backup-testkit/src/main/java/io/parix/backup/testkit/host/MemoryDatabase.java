package io.parix.backup.testkit.host;

import io.parix.backup.DatabaseProfile;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.host.RestoreCall;
import io.parix.backup.host.StaleFenceException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One database of a host in memory: its profile, its files live, kept and staged, and the highest fence it has seen. */
final class MemoryDatabase {
    DatabaseProfile profile;

    @Nullable
    DatabaseFacts said;

    List<byte[]> live;
    List<byte[]> kept = List.of();
    boolean running = true;
    final Map<String, Map<Integer, MemoryStagedFile>> staged = new HashMap<>();
    private long highestFence;

    MemoryDatabase(DatabaseProfile profile, List<byte[]> files) {
        this.profile = profile;
        this.live = List.copyOf(files);
    }

    void admit(RestoreCall call) {
        if (call.fence() < highestFence) {
            throw new StaleFenceException(call.database(), call.fence(), highestFence);
        }
        highestFence = call.fence();
    }

    void status(DatabaseStatus status) {
        profile = new DatabaseProfile(
                profile.id(),
                profile.name(),
                status,
                profile.region(),
                profile.provider(),
                profile.shape(),
                profile.workflows());
    }

    void swap(String key) {
        if (kept.isEmpty()) {
            Map<Integer, MemoryStagedFile> files = staged.getOrDefault(key, Map.of());
            kept = live;
            live = files.values().stream().map(MemoryStagedFile::bytes).toList();
        }
    }

    void swapBack() {
        if (!kept.isEmpty()) {
            live = kept;
            kept = List.of();
        }
        staged.clear();
    }

    void letGo() {
        kept = List.of();
        staged.clear();
    }
}
