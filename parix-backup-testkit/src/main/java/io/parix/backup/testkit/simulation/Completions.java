package io.parix.backup.testkit.simulation;

import io.parix.backup.BackupId;
import io.parix.backup.ReplicaFacts;
import io.parix.backup.ReplicaSnapshot;
import io.parix.backup.ReplicaSnapshot.State;
import io.parix.backup.archive.manifest.ArchivedReplica;
import io.parix.backup.archive.manifest.Manifest;
import io.parix.backup.core.job.BackupJob;
import io.parix.backup.core.job.BackupStep;
import io.parix.backup.engine.row.BackupRow;
import io.parix.backup.engine.snapshot.SnapshotNames;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.StoredObject;
import io.parix.backup.spi.catalog.JobRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What backups hold when they are complete (spec C1, C2, C4, C6, C8, C12). */
final class Completions {
    private final World world;
    private final Watch watch;
    private final Audit audit;
    private final Map<String, Instant> begun = new HashMap<>();
    private final Map<String, Instant> decided = new HashMap<>();

    Completions(World world, Watch watch) {
        this.world = world;
        this.watch = watch;
        this.audit = new Audit(
                world.place(), world.ports().keys(), world.settings().transfer().spool());
    }

    Audit audit() {
        return audit;
    }

    /** Nothing is known any more of what was on its way. */
    void forget() {
        begun.clear();
        decided.clear();
    }

    /** A backup has come to another step. */
    void stepped(JobRecord row) {
        Instant now = world.catalog().now();
        // Whoever begins may be slow to write it.
        begun.putIfAbsent(row.id(), world.turn().began().minus(Past.CLOCKS_DIFFER));
        if (row.step().equals(BackupStep.COMMITTING.code())) {
            // From here it can only complete, and its manifest says that it was complete now.
            decided.put(row.id(), now);
        } else if (row.step().equals(BackupStep.COMPLETED.code())
                && BackupRow.read(row) instanceof BackupJob.Completed backup) {
            completed(row, backup);
        }
    }

    private void completed(JobRecord row, BackupJob.Completed backup) {
        Truth truth = watch.truth();
        String attempt = row.id() + "-" + row.attempt();
        Set<String> read = new HashSet<>();
        try {
            Audit.Found found = audit.of(row.database(), new BackupId(row.id()), read);
            require(
                    truth.isOf(attempt, found.files()),
                    Invariant.HOLDS_ITS_IMAGES,
                    row.id() + ", attempt " + row.attempt());
            says(row, backup, found);
            claims(row, backup, found.files());
            rests(row, backup, found.needed());
            keep(row, backup, found.files(), found.needed(), true);
            found.needed().stream()
                    .filter(truth::isLost)
                    .forEach(key -> world.note(row.id() + " needs the lost " + key));
        } catch (RuntimeException e) {
            require(truth.hasLost(read), Invariant.CAN_BE_RESTORED, row.id() + ": " + e);
            // The place lost some of it while it was made: it is there, for whoever has not looked yet.
            keep(row, backup, truth.captured(attempt), Set.of(), false);
        }
    }

    /** What its row says of its files, and of its snapshots where there are volumes, is so, and its manifest says the same. */
    private void says(JobRecord row, BackupJob.Completed backup, Audit.Found found) {
        Manifest manifest = found.manifest();
        List<byte[]> files = found.files();
        List<Long> lengths = files.stream().map(file -> (long) file.length).toList();
        List<Long> said = backup.contents().replicas().stream()
                .map(ReplicaFacts::fileSize)
                .map(size -> size.bytes())
                .toList();
        require(said.equals(lengths), Invariant.SAYS_WHAT_IT_IS_OF, row.id() + " says " + said + ", holds " + lengths);
        boolean same = manifest.profile().equals(backup.captured().profile())
                && manifest.times().coveredUntil().equals(backup.captured().completeBefore())
                && manifest.replicas().stream()
                        .map(ArchivedReplica::facts)
                        .toList()
                        .equals(backup.contents().replicas());
        require(same, Invariant.SAYS_WHAT_IT_IS_OF, row.id() + " says another thing than its manifest");
        if (world.hasVolumes()) {
            List<ReplicaSnapshot> each = backup.run().volumes().each();
            Set<String> there = snapshots(row);
            boolean whole = each.stream()
                    .allMatch(snapshot -> snapshot.state() == State.FAILED || there.contains(snapshot.name()));
            require(
                    each.size() == files.size() && whole,
                    Invariant.HAS_ITS_SNAPSHOTS,
                    row.id() + " says " + each + ", and there are " + there);
        }
    }

    private void claims(JobRecord row, BackupJob.Completed backup, List<byte[]> files) {
        Instant claimed = backup.captured().completeBefore();
        require(
                world.past().isSince(row.database(), files, claimed),
                Invariant.CLAIMS_WHAT_IT_HOLDS,
                row.id() + " claims all that was acknowledged before " + claimed);
    }

    /** What it shares with earlier backups was young enough when it began. */
    private void rests(JobRecord row, BackupJob.Completed backup, Set<String> needed) {
        Duration oldest = world.settings().transfer().segmentAge();
        Instant said = backup.run().startedAt();
        Instant seen = begun.getOrDefault(row.id(), said);
        require(
                !said.isBefore(seen),
                Invariant.RESTS_ON_YOUNG_SEGMENTS,
                row.id() + " says that it began at " + said + ", and was seen to begin after " + seen);
        Instant from = said.minus(oldest).minus(Past.CLOCKS_DIFFER);
        for (String key : needed) {
            boolean shared = ArchiveObject.of(key)
                    .filter(ArchiveObject::isSegment)
                    .filter(segment -> !segment.backup().value().equals(row.id()))
                    .isPresent();
            boolean old = shared
                    && world.place()
                            .stat(new ObjectKey(key), World.CALL)
                            .map(StoredObject::createdAt)
                            .filter(from::isAfter)
                            .isPresent();
            require(!old, Invariant.RESTS_ON_YOUNG_SEGMENTS, row.id() + " needs " + key + " of before " + from);
        }
    }

    /** Its age counts from the instant that its row says, which lies between what was seen of it. */
    private void keep(
            JobRecord row, BackupJob.Completed backup, List<byte[]> files, Set<String> needed, boolean sound) {
        Instant now = world.catalog().now();
        Instant from = decided.getOrDefault(row.id(), now);
        Instant said = backup.completedAt();
        require(
                !said.isBefore(from.minus(Past.CLOCKS_DIFFER)) && !said.isAfter(now.plus(Past.CLOCKS_DIFFER)),
                Invariant.NOT_BEFORE_ITS_TIME,
                row.id() + " says that it was complete at " + said + ", and was between " + from + " and " + now);
        watch.truth().keep(new Truth.Kept(row.id(), row.database(), files, needed, snapshots(row), sound, from, said));
    }

    /** Those that the attempt which completed has made. */
    private Set<String> snapshots(JobRecord row) {
        return world.snapshots().stream()
                .filter(name -> SnapshotNames.isOf(new BackupId(row.id()), name))
                .filter(name -> name.matches(".*-" + row.attempt() + "-[0-9]+"))
                .collect(Collectors.toSet());
    }

    private void require(boolean holds, Invariant invariant, String detail) {
        if (!holds) {
            watch.violated(invariant, detail);
        }
    }
}
