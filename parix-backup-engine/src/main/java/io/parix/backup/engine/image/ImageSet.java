package io.parix.backup.engine.image;

import io.parix.backup.CapturedProfile;
import io.parix.backup.Check;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.ReplicaFacts;
import io.parix.backup.Report;
import io.parix.backup.archive.datafile.DataFile;
import io.parix.backup.archive.datafile.DataFileLayout;
import io.parix.backup.archive.datafile.DataFileReading;
import io.parix.backup.archive.datafile.Fingerprint;
import io.parix.backup.archive.datafile.Release;
import io.parix.backup.archive.datafile.ReplicaSet;
import io.parix.backup.archive.export.Source;
import io.parix.backup.archive.flow.ByteProgress;
import io.parix.backup.archive.flow.Crew;
import io.parix.backup.archive.flow.Workbench;
import io.parix.backup.host.Image;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** The images of one attempt, read once. For the thread that reads them. */
public final class ImageSet {
    private final List<Replica> replicas;
    private final Report report;

    private record Replica(Image image, DataFile file, Fingerprint before) {
        Report moved() {
            return Fingerprint.of(image, file).unmovedSince(before);
        }
    }

    /** What was read of one image; a replica where it is a whole data file. */
    private record Look(DataFileReading reading, Optional<Replica> replica) {
        static Look at(Image image) {
            DataFileReading reading = DataFile.read(image);
            return new Look(
                    reading, reading.dataFile().map(file -> new Replica(image, file, Fingerprint.of(image, file))));
        }
    }

    private ImageSet(List<Replica> replicas, Report report) {
        this.replicas = replicas;
        this.report = report;
    }

    /**
     * Reads what each image says of itself and checks them as a replica set (spec C5, C6).
     *
     * @param images one per replica, in any order
     * @param bench lends the threads that read them side by side
     * @return the set, coherent or not
     * @throws FailedException with {@link ErrorCode#REPLICA_SET_REFUSED} when an image is not a whole data file
     */
    public static ImageSet read(List<Image> images, Workbench bench) {
        AtomicReferenceArray<@Nullable Look> looks = new AtomicReferenceArray<>(images.size());
        inParallel(images.size(), bench, i -> looks.set(i, Look.at(images.get(i))));
        List<Replica> replicas = new ArrayList<>();
        List<DataFileReading> readings = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            Look look = Objects.requireNonNull(looks.get(i));
            readings.add(look.reading());
            look.replica().ifPresent(replicas::add);
        }
        Report report = new Report(readings.stream()
                        .flatMap(reading -> reading.report().checks().stream())
                        .filter(check -> check.outcome() != Check.Outcome.PASS)
                        .toList())
                .and(ReplicaSet.check(readings));
        replicas.sort(Comparator.comparingInt(replica -> replica.file().index()));
        return new ImageSet(replicas, report);
    }

    /**
     * Refuses a set that is not one cluster at one time.
     *
     * @throws FailedException with {@link ErrorCode#REPLICA_SET_REFUSED} and every check
     */
    public void requireCluster() {
        if (!report.passed()) {
            throw new FailedException(
                    ErrorCode.REPLICA_SET_REFUSED,
                    "Cannot use these images as one cluster: " + report.reasons(),
                    report,
                    null);
        }
    }

    /**
     * Refuses files of a newer release than the profile says, which the restored database could not open.
     *
     * @param profile the profile captured with the images
     * @throws FailedException with {@link ErrorCode#RELEASE_NEWER_THAN_PROFILE}
     */
    public void requireReleaseOf(CapturedProfile profile) {
        Optional<Release> allowed =
                Optional.ofNullable(profile.tigerBeetleVersion()).flatMap(Release::parse);
        for (ReplicaFacts replica : facts()) {
            boolean newer = allowed.isPresent()
                    && Release.parse(replica.release())
                            .filter(release -> release.compareTo(allowed.get()) > 0)
                            .isPresent();
            if (newer) {
                throw new FailedException(
                        ErrorCode.RELEASE_NEWER_THAN_PROFILE,
                        "Cannot back replica " + replica.index() + " up: its file needs release " + replica.release()
                                + " and the profile says " + profile.tigerBeetleVersion()
                                + ". Correct the profile, then ask again.");
            }
        }
    }

    /**
     * Refuses images that changed since they were read (spec C7).
     *
     * @param bench lends the threads that read them side by side
     * @throws FailedException with {@link ErrorCode#IMAGE_MOVED}, naming the replica and the offset
     */
    public void requireUnmoved(Workbench bench) {
        AtomicReferenceArray<@Nullable Report> moves = new AtomicReferenceArray<>(replicas.size());
        inParallel(replicas.size(), bench, i -> moves.set(i, replicas.get(i).moved()));
        for (int i = 0; i < replicas.size(); i++) {
            Report moved = Objects.requireNonNull(moves.get(i));
            if (!moved.passed()) {
                throw new FailedException(
                        ErrorCode.IMAGE_MOVED,
                        "Cannot use image " + replicas.get(i).image().name() + ": " + moved.reasons()
                                + " Something writes to it; give an image that stands still.",
                        moved,
                        null);
            }
        }
    }

    private static void inParallel(int count, Workbench bench, IntConsumer act) {
        AtomicInteger next = new AtomicInteger();
        Workbench silent = new Workbench(bench.executor(), bench.spool(), bench.call(), ByteProgress.NONE);
        new Crew(silent, count, 0).run(() -> () -> {
            int i = next.getAndIncrement();
            if (i < count) {
                act.accept(i);
            }
            return i < count;
        });
    }

    /** {@return the layout at which the files are cut} */
    public DataFileLayout layout() {
        return replicas.get(0).file().layout();
    }

    /** {@return what each file says of itself, by index} */
    public List<ReplicaFacts> facts() {
        return replicas.stream().map(replica -> replica.file().facts()).toList();
    }

    /** {@return the replicas as an export takes them} */
    public List<Source> sources() {
        return replicas.stream()
                .map(replica -> new Source(replica.file().facts(), replica.image()))
                .toList();
    }

    /** {@return every check of the set} */
    public Report report() {
        return report;
    }

    /** {@return the checks that warn; they are kept on the backup (spec C6)} */
    public Report warnings() {
        return new Report(report.warnings());
    }
}
