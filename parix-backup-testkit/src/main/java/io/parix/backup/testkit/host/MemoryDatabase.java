package io.parix.backup.testkit.host;

import io.parix.backup.DatabaseProfile;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.RestoreId;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.host.HostAnswer;
import io.parix.backup.host.RestoreCall;
import io.parix.backup.host.StaleFenceException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One database of a host in memory: its profile, its files, those kept and those staged, and the highest fence it has seen. */
final class MemoryDatabase {
    DatabaseProfile profile;

    @Nullable
    DatabaseFacts said;

    List<byte[]> live;

    @Nullable
    Cut ahead;

    boolean running = true;
    private final Map<String, MemoryStaged> staged = new HashMap<>();
    private final Map<RestoreId, Swapped> swaps = new HashMap<>();
    private long highestFence;

    /** What a restore has swapped: the files that were there, and the replicas whose new ones are in place. */
    private record Swapped(List<byte[]> old, int replicas, Set<Integer> in) {
        boolean whole() {
            return in.size() == replicas;
        }
    }

    /** What images hold, and of which moment that is. */
    record Cut(List<byte[]> files, Instant at) {}

    /** What images hold that are asked for now. */
    Cut cut(Instant now) {
        return ahead == null ? new Cut(live, now) : ahead;
    }

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

    private static String key(RestoreCall call) {
        return call.backup() + " " + call.manifestDigest();
    }

    MemoryStaged stage(RestoreCall call, int replicas) {
        return staged.compute(key(call), (key, there) -> there == null ? new MemoryStaged(replicas) : there);
    }

    boolean keepsOldFiles() {
        return !swaps.isEmpty();
    }

    /** Swaps the first so many replicas that are not swapped yet. */
    HostAnswer swap(RestoreCall call, int most) {
        Swapped begun = swaps.get(call.restore());
        if (begun != null && begun.whole()) {
            return HostAnswer.done();
        }
        ahead = null;
        MemoryStaged from = staged.get(key(call));
        Optional<String> missing = from == null ? Optional.of("every replica") : from.missing();
        if (from == null || missing.isPresent()) {
            return HostAnswer.failed("what is to be swapped in is not staged: " + missing.orElse("") + ".");
        }
        Swapped swap =
                swaps.computeIfAbsent(call.restore(), restore -> new Swapped(live, from.replicas(), new HashSet<>()));
        List<byte[]> files = new ArrayList<>(live);
        for (int i = 0; i < from.replicas() && i < most; i++) {
            if (swap.in().add(i)) {
                put(files, i, from.bytes(i));
            }
        }
        live = List.copyOf(files);
        return HostAnswer.done();
    }

    private static void put(List<byte[]> files, int replica, byte[] bytes) {
        if (replica < files.size()) {
            files.set(replica, bytes);
        } else {
            files.add(bytes);
        }
    }

    HostAnswer start(RestoreCall call) {
        Swapped swap = swaps.get(call.restore());
        if (swap == null || !swap.whole()) {
            return HostAnswer.failed("the restored files are not all in place.");
        }
        running = true;
        return HostAnswer.done();
    }

    /** Puts the first so many old files back; all of them, unless the process dies. */
    void swapBack(RestoreCall call, int most) {
        ahead = null;
        Swapped swap = swaps.get(call.restore());
        if (swap != null && most < swap.old().size()) {
            List<byte[]> files = new ArrayList<>(live);
            for (int i = 0; i < most; i++) {
                put(files, i, swap.old().get(i));
            }
            live = List.copyOf(files);
            return;
        }
        if (swap != null) {
            live = swap.old();
        }
        letGo(call);
    }

    void letGo(RestoreCall call) {
        swaps.remove(call.restore());
        staged.remove(key(call));
    }
}
