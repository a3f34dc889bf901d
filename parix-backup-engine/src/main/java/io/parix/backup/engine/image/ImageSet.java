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
import io.parix.backup.host.Image;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The images of one attempt, read once. For the thread that reads them. */
public final class ImageSet {
    private final List<Replica> replicas;
    private final Report report;

    private record Replica(Image image, DataFile file, Fingerprint before) {}

    private ImageSet(List<Replica> replicas, Report report) {
        this.replicas = replicas;
        this.report = report;
    }

    /**
     * Reads what each image says of itself and checks them as a replica set (spec C5, C6).
     *
     * @param images one per replica, in any order
     * @return the set, coherent or not
     * @throws FailedException with {@link ErrorCode#REPLICA_SET_REFUSED} when an image is not a whole data file
     */
    public static ImageSet read(List<Image> images) {
        List<Replica> replicas = new ArrayList<>();
        List<DataFileReading> readings = new ArrayList<>();
        for (Image image : images) {
            DataFileReading reading = DataFile.read(image);
            readings.add(reading);
            reading.dataFile().ifPresent(file -> replicas.add(new Replica(image, file, Fingerprint.of(image, file))));
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
     * @throws FailedException with {@link ErrorCode#IMAGE_MOVED}, naming the replica and the offset
     */
    public void requireUnmoved() {
        for (Replica replica : replicas) {
            Report moved = Fingerprint.of(replica.image(), replica.file()).unmovedSince(replica.before());
            if (!moved.passed()) {
                throw new FailedException(
                        ErrorCode.IMAGE_MOVED,
                        "Cannot use image " + replica.image().name() + ": " + moved.reasons()
                                + " Something writes to it; give an image that stands still.",
                        moved,
                        null);
            }
        }
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
