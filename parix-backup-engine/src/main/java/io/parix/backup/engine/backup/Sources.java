package io.parix.backup.engine.backup;

import io.parix.backup.CapturedProfile;
import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseProfile;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.archive.seal.Keyring;
import io.parix.backup.archive.segment.ArchivePlace;
import io.parix.backup.core.job.BackupHeader;
import io.parix.backup.core.job.BackupJob;
import io.parix.backup.host.Attempt;
import io.parix.backup.host.Capture;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.host.Image;
import io.parix.backup.host.SnapshotVolume;
import io.parix.backup.spi.CallContext;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The host's side of a backup: the profile, noted before anything is asked for and compared after it (spec C2). */
final class Sources {
    private static final Logger LOG = LoggerFactory.getLogger(Sources.class);

    private final BackupParts parts;
    private final HeldImages images;

    Sources(BackupParts parts, HeldImages images) {
        this.parts = parts;
        this.images = images;
    }

    /**
     * What a database is, which must be active. It is noted once for each attempt, before anything is asked for, and not while its export
     * could not be sealed: images would be held until keys can be had (spec C13).
     */
    CapturedProfile profile(BackupHeader header, CallContext call) {
        CapturedProfile profile = CapturedProfile.of(active(header.database()));
        ArchivePlace place = parts.archives().open(header.database(), header.location());
        var unused = Keyring.fresh(header.database(), place.port(), call);
        return profile;
    }

    /** The same where that can be told; else whoever needs it looks again, and says what is wrong. */
    @Nullable
    CapturedProfile glimpse(BackupHeader header, CallContext call) {
        try {
            return profile(header, call);
        } catch (RuntimeException e) {
            LOG.debug("What database {} is cannot be noted yet", header.database(), e);
            return null;
        }
    }

    Capture capture(BackupJob.Capturing job, List<SnapshotVolume> volumes) {
        var unused = active(job.header().database());
        Attempt attempt = new Attempt(
                job.header().database(), job.header().backup(), job.run().attempt());
        return images.capture(attempt, volumes);
    }

    /** The instant before which everything acknowledged is in all images; never later than the engine first asked. */
    static Instant completeBefore(List<Image> images, Instant asked) {
        return images.stream().map(Image::cutNotBefore).reduce(asked, (a, b) -> a.isBefore(b) ? a : b);
    }

    void requireUnchanged(BackupJob.Exporting job) {
        CapturedProfile now = CapturedProfile.of(active(job.header().database()));
        if (!now.equals(job.captured().profile())) {
            throw new FailedException(
                    ErrorCode.PROFILE_CHANGED,
                    "Cannot use the images of database " + job.header().database()
                            + ": its profile was " + job.captured().profile() + " before they were taken and is " + now
                            + " after. They are taken again.");
        }
    }

    private DatabaseProfile active(DatabaseId database) {
        DatabaseFacts facts = parts.directory().look(database);
        if (facts instanceof DatabaseFacts.Live live && live.profile().status().equals(DatabaseStatus.ACTIVE)) {
            return live.profile();
        }
        if (facts instanceof DatabaseFacts.Unknown unknown) {
            throw new FailedException(
                    ErrorCode.DATABASE_UNKNOWN,
                    "Cannot tell what database " + database + " is: " + unknown.reason() + ".");
        }
        String found = facts instanceof DatabaseFacts.Live live
                ? "is " + live.profile().status()
                : "was deleted";
        throw new FailedException(
                ErrorCode.NOT_AVAILABLE,
                "Cannot back database " + database + " up: it " + found
                        + ", and must be active. Ask again once it is.");
    }
}
