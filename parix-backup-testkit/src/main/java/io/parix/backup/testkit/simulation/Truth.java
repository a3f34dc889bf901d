package io.parix.backup.testkit.simulation;

import io.parix.backup.BackupId;
import io.parix.backup.DatabaseId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What really is, as the simulation saw it being done: nothing of it comes from an engine's own account. */
final class Truth {
    /** A backup that was completed and is kept; not sound where the place lost some of it before that. */
    record Kept(
            String id,
            DatabaseId database,
            List<byte[]> files,
            Set<String> needed,
            Set<String> snapshots,
            boolean sound,
            Instant decidedAt,
            Instant completedAt) {
        /** All that is known of when it was complete, once its row is lost, is what its manifest says. */
        private Kept byItsManifest() {
            return new Kept(id, database, files, needed, snapshots, sound, decidedAt, decidedAt);
        }
    }

    private final Map<String, List<List<byte[]>>> captured = new HashMap<>();
    private final Set<String> released = new HashSet<>();
    private final Map<String, Kept> kept = new HashMap<>();
    private final Map<String, Kept> used = new HashMap<>();
    private final Set<String> lost = new HashSet<>();
    private final Map<DatabaseId, List<byte[]>> before = new HashMap<>();

    /** The files of which an attempt got images: the same until it is released, and then perhaps others. */
    void captured(String attempt, List<byte[]> files) {
        boolean anew = released.remove(attempt);
        List<List<byte[]>> all = captured.computeIfAbsent(attempt, which -> new ArrayList<>());
        if (anew || all.isEmpty()) {
            all.add(files);
        }
    }

    void released(String attempt) {
        released.add(attempt);
    }

    /** The files of which an attempt got images last. */
    List<byte[]> captured(String attempt) {
        List<List<byte[]>> all = captured.getOrDefault(attempt, List.of());
        return all.isEmpty() ? List.of() : all.get(all.size() - 1);
    }

    /** Whether an attempt got images of just these files. */
    boolean isOf(String attempt, List<byte[]> files) {
        return captured.getOrDefault(attempt, List.of()).stream().anyMatch(each -> same(each, files));
    }

    void keep(Kept backup) {
        kept.put(backup.id(), backup);
    }

    void expire(String backup) {
        kept.remove(backup);
    }

    Optional<Kept> kept(String backup) {
        return Optional.ofNullable(kept.get(backup));
    }

    List<Kept> kept(DatabaseId database) {
        return kept.values().stream()
                .filter(each -> each.database().equals(database))
                .toList();
    }

    /** A restore reads a backup from now on. */
    void use(String restore, String backup) {
        kept(backup).ifPresent(each -> used.put(restore, each));
    }

    /** A restore has ended. */
    void letGo(String restore) {
        used.remove(restore);
    }

    /** No row is known any more. */
    void forgetRows() {
        used.clear();
        kept.replaceAll((id, each) -> each.byItsManifest());
    }

    /** The backup that a restore reads, whatever has become of it. */
    Optional<Kept> usedBy(String restore) {
        return Optional.ofNullable(used.get(restore));
    }

    /** A kept backup that needs an object or a snapshot. */
    Optional<Kept> needing(String name) {
        return needing(kept, name);
    }

    /** A backup that a restore reads, and that needs an object. */
    Optional<Kept> usedNeeding(String name) {
        return needing(used, name);
    }

    private static Optional<Kept> needing(Map<String, Kept> among, String name) {
        return among.values().stream()
                .filter(each -> each.needed().contains(name) || each.snapshots().contains(name))
                .findFirst();
    }

    /** An object was damaged or lost by nobody's doing. */
    void lose(String key) {
        lost.add(key);
    }

    /** Every backup that is kept. */
    Set<String> kept() {
        return Set.copyOf(kept.keySet());
    }

    /** Every object that was damaged or lost until now. */
    Set<String> lost() {
        return Set.copyOf(lost);
    }

    boolean isLost(String key) {
        return lost.contains(key);
    }

    /** Whether all is still there that a backup needs. */
    boolean whole(Kept backup) {
        return backup.sound() && backup.needed().stream().noneMatch(lost::contains);
    }

    /** Whether the place has damaged or lost the manifest of a kept backup, so that a clean-up stops (spec H11). */
    boolean hasLostManifests(DatabaseId database) {
        return kept(database).stream()
                .anyMatch(each -> isLost(ArchiveObject.manifest(database, new BackupId(each.id()))
                        .value()));
    }

    boolean hasLost(Set<String> keys) {
        return keys.stream().anyMatch(lost::contains);
    }

    /** The live files that a restore is about to take away. */
    void before(DatabaseId database, List<byte[]> files) {
        before.put(database, files);
    }

    Optional<List<byte[]>> before(DatabaseId database) {
        return Optional.ofNullable(before.get(database));
    }

    static boolean same(List<byte[]> one, List<byte[]> other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            if (!Arrays.equals(one.get(i), other.get(i))) {
                return false;
            }
        }
        return true;
    }
}
