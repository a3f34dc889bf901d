package io.parix.backup.testkit.simulation;

import io.parix.backup.DatabaseId;
import io.parix.backup.testkit.host.InMemoryHost;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the files of each database held, and from when on. */
final class Past {
    /** What a backup says of time is by the catalog's clock or the host's, and both are wrong by seconds. */
    static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

    private record Held(Instant from, List<byte[]> files) {}

    private final InMemoryHost host;
    private final InstantSource clock;
    private final Map<DatabaseId, List<Held>> all = new HashMap<>();

    Past(InMemoryHost host, InstantSource clock) {
        this.host = host;
        this.clock = clock;
    }

    /** The files of a database may have changed just now. */
    void look(DatabaseId database) {
        List<Held> of = all.computeIfAbsent(database, which -> new ArrayList<>());
        List<byte[]> files = host.files(database);
        if (of.isEmpty() || !same(files, of.get(of.size() - 1).files())) {
            of.add(new Held(clock.instant(), files));
        }
    }

    /** Nobody changes a file, so what is changed is another one. */
    private static boolean same(List<byte[]> one, List<byte[]> other) {
        for (int i = 0; i < one.size(); i++) {
            if (one.get(i) != other.get(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether every file of a backup is as one of its database was at an instant, or later: all that was written before is in it. */
    boolean isSince(DatabaseId database, List<byte[]> files, Instant when) {
        for (int i = 0; i < files.size(); i++) {
            if (!isSince(all.getOrDefault(database, List.of()), i, files.get(i), when.minus(CLOCKS_DIFFER))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSince(List<Held> all, int replica, byte[] file, Instant when) {
        for (int i = all.size() - 1; i >= 0; i--) {
            if (Arrays.equals(all.get(i).files().get(replica), file)) {
                return true;
            }
            if (all.get(i).from().isBefore(when)) {
                return false;
            }
        }
        return false;
    }
}
