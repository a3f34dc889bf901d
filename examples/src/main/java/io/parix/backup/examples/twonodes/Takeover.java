package io.parix.backup.examples.twonodes;

import io.parix.backup.Actor;
import io.parix.backup.Backup;
import io.parix.backup.BackupAnswer;
import io.parix.backup.BackupId;
import io.parix.backup.BackupRequest;
import io.parix.backup.Failure;
import io.parix.backup.JobStatus;
import io.parix.backup.Restore;
import io.parix.backup.RestoreAnswer;
import io.parix.backup.RestoreRequest;
import io.parix.backup.Verification;
import io.parix.backup.VerificationLevel;
import io.parix.backup.catalog.jdbc.DatabaseUrl;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.examples.parts.Digests;
import io.parix.backup.examples.parts.Refused;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.JobRecord;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What is shown. This process asks, as the interface of a control plane does, and serves no region itself: whatever is done, a
 * node does.
 */
final class Takeover {
    private static final Actor ACTOR = new Actor("two-nodes");
    private static final String ASKER = "asker";
    private static final String EXPORTING = "exporting";
    private static final int STORED_ENOUGH = 1;

    private final Site site;
    private final DatabaseUrl place;
    private final Timeline timeline;
    private final PrintStream out;
    private final List<String> findings = new ArrayList<>();
    private boolean held = true;

    Takeover(Site site, DatabaseUrl place, Timeline timeline, PrintStream out) {
        this.site = site;
        this.place = place;
        this.timeline = timeline;
        this.out = out;
    }

    /** The survivor, and what the one that was killed had. */
    private record Killed(NodeProcess survivor, long fence) {}

    boolean show() throws IOException, InterruptedException {
        List<Path> files = makeCluster();
        timeline.tell(ASKER, "opens the catalog, " + place);
        Site.Role asks = new Site.Role(ASKER, Set.of("no region at all"), UnaryOperator.identity());
        try (PooledCatalog pooled = PooledCatalog.open(place);
                NodeProcess a = NodeProcess.start("A", site, place, timeline);
                NodeProcess b = NodeProcess.start("B", site, place, timeline);
                ParixBackup parix = site.engine(pooled.catalog(), asks).start()) {
            BackupId backup = ask(parix);
            JobWatch watch = new JobWatch(pooled.catalog(), backup.value(), timeline);
            untilExporting(parix, watch, backup, List.of(a, b));
            Killed killed = killWhoExports(watch, backup, List.of(a, b));
            finish(parix, watch, backup, killed);
            restore(parix, pooled.catalog(), files, new Finished(backup, killed.survivor()));
            check(
                    killed.survivor().name() + " ended in order",
                    killed.survivor().end() == 0);
        }
        out.println();
        findings.forEach(out::println);
        out.println(held ? "Everything held." : "SOMETHING DID NOT HOLD.");
        return held;
    }

    private record Finished(BackupId backup, NodeProcess survivor) {}

    private List<Path> makeCluster() throws IOException {
        site.make();
        List<Path> files = Scale.chosen().cluster().writeTo(site.cluster());
        timeline.tell(ASKER, "made a cluster of " + files.size() + " data files");
        return files;
    }

    private BackupId ask(ParixBackup parix) {
        BackupAnswer answer = parix.backups().request(BackupRequest.of(site.database(), ACTOR));
        if (answer instanceof BackupAnswer.Refused refused) {
            throw new Refused("not-available", refused.report().reasons());
        }
        BackupId backup = ((BackupAnswer.Accepted) answer).backup().id();
        timeline.tell(ASKER, "asked for backup " + backup);
        return backup;
    }

    private void untilExporting(ParixBackup parix, JobWatch watch, BackupId backup, List<NodeProcess> nodes)
            throws InterruptedException {
        Predicate<JobRecord> exporting = row -> row.step().equals(EXPORTING) && stored(backup) >= STORED_ENOUGH;
        watch.until(
                "in the middle of an export",
                whileAlive(nodes, exporting.or(row -> row.status().ended())));
        requireNotFailed(parix.backups().find(backup).flatMap(Backup::failed));
    }

    private static void requireNotFailed(Optional<Failure> failure) {
        failure.ifPresent(why -> {
            throw Refused.by(why);
        });
    }

    private Killed killWhoExports(JobWatch watch, BackupId backup, List<NodeProcess> nodes)
            throws InterruptedException {
        NodeProcess doomed = nodes.get(nodes.get(0).has(1) ? 0 : 1);
        NodeProcess survivor = nodes.get(nodes.get(0).has(1) ? 1 : 0);
        timeline.tell(
                ASKER,
                stored(backup) + " segment(s) stored; SIGKILL to " + doomed.name() + ", process " + doomed.pid());
        doomed.kill();
        JobRecord left = watch.look();
        long segments = stored(backup);
        timeline.tell(ASKER, doomed.name() + " is dead; it left " + segments + " segment(s) and no manifest");
        check(
                doomed.name() + " had the job and was killed in the middle of its export",
                doomed.has(1) && left.step().equals(EXPORTING) && left.claimed().isPresent() && segments > 0);
        return left.claimed()
                .map(claim -> new Killed(survivor, claim.fence()))
                .orElseThrow(
                        () -> new Refused("export-too-fast", "The export was over before the kill. Run it again."));
    }

    private void finish(ParixBackup parix, JobWatch watch, BackupId backup, Killed killed)
            throws IOException, InterruptedException {
        List<NodeProcess> alone = List.of(killed.survivor());
        JobRecord taken = watch.until(
                "taken over", whileAlive(alone, row -> row.status().ended() || isHigher(row, killed.fence())));
        check(killed.survivor().name() + " took it over with a higher fence", isHigher(taken, killed.fence()));
        watch.until("ended", whileAlive(alone, row -> row.status().ended()));
        Backup ended = parix.backups().find(backup).orElseThrow();
        requireNotFailed(ended.failed());
        check(
                "the backup is complete, in attempt " + ended.progress().attempt() + ", and the only one",
                ended.status() == JobStatus.COMPLETED
                        && parix.backups().history(site.database(), 10).equals(List.of(ended)));
        check(
                killed.survivor().name() + " made it",
                killed.survivor().has(ended.progress().attempt()));
        check("nothing of the killed attempt is left in the store", storedBy(backup, killed.fence()) == 0);
        Verification verified = parix.backups().verify(backup, VerificationLevel.DATABASE_CHECKED, ACTOR);
        timeline.tell(ASKER, "read every byte of the backup, and every block as the database would");
        check("every block of the backup is whole", verified.report().passed());
    }

    private void restore(ParixBackup parix, Catalog catalog, List<Path> files, Finished finished)
            throws IOException, InterruptedException {
        Map<String, String> before = Digests.of(files, (done, expected) -> {});
        for (Path file : files) {
            Files.delete(file);
        }
        timeline.tell(ASKER, "took SHA-256 of the data files and deleted them");
        RestoreAnswer answer = parix.restores().request(RestoreRequest.of(finished.backup(), Site.NAME, ACTOR));
        if (answer instanceof RestoreAnswer.Refused refused) {
            throw new Refused("not-eligible", refused.report().reasons());
        }
        Restore asked = ((RestoreAnswer.Accepted) answer).restore();
        timeline.tell(ASKER, "asked for restore " + asked.id());
        new JobWatch(catalog, asked.id().value(), timeline)
                .until(
                        "ended",
                        whileAlive(
                                List.of(finished.survivor()),
                                row -> row.status().ended()));
        requireNotFailed(parix.restores().find(asked.id()).flatMap(Restore::failed));
        Map<String, String> after = Digests.of(files, (done, expected) -> {});
        before.forEach((file, digest) -> check(file + " came back, SHA-256 " + digest, digest.equals(after.get(file))));
    }

    private static boolean isHigher(JobRecord row, long fence) {
        return row.claimed().filter(claim -> claim.fence() > fence).isPresent();
    }

    private static Predicate<JobRecord> whileAlive(List<NodeProcess> nodes, Predicate<JobRecord> wanted) {
        return row -> {
            nodes.forEach(NodeProcess::requireAlive);
            return wanted.test(row);
        };
    }

    private void check(String what, boolean holds) {
        findings.add((holds ? "held    " : "BROKEN  ") + what);
        held &= holds;
    }

    private long stored(BackupId backup) {
        return segments(backup).size();
    }

    private long storedBy(BackupId backup, long fence) {
        return segments(backup).stream()
                .filter(name -> name.startsWith(fence + "-"))
                .count();
    }

    private List<String> segments(BackupId backup) {
        Path folder = site.segments().resolve(backup.value());
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> listing = Files.list(folder)) {
            return listing.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(".seg"))
                    .toList();
        } catch (IOException e) {
            throw new Refused("file-unusable", folder + ": " + e);
        }
    }
}
