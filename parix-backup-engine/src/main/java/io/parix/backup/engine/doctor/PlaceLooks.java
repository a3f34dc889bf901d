package io.parix.backup.engine.doctor;

import io.parix.backup.archive.mark.Mark;
import io.parix.backup.archive.mark.Marks;
import io.parix.backup.spi.Capabilities;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.StoredObject;
import io.parix.backup.spi.catalog.Catalog;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Looks at the place as those who operate it set it up: permissions, clock, locks, who writes there. */
final class PlaceLooks {
    /** How far the place's clock may be from the catalog's: the default lease of a job, and well under anything that ages are compared with. */
    private static final Duration CLOCK_BOUND = Duration.ofMinutes(1);

    private static final long SEGMENT_BYTES = 32L << 20;

    private final Ground ground;
    private final Catalog catalog;
    private final KeyPrefix prefix;

    PlaceLooks(Ground ground, Catalog catalog, KeyPrefix prefix) {
        this.ground = ground;
        this.catalog = catalog;
        this.prefix = prefix;
    }

    List<Look> looks() {
        return List.of(
                new Look(Requirement.CAPABILITIES, this::capabilities),
                new Look(Requirement.MAY_WRITE, this::mayWrite),
                new Look(Requirement.MAY_READ, this::mayRead),
                new Look(Requirement.MAY_DESCRIBE, this::mayDescribe),
                new Look(Requirement.MAY_LIST, this::mayList),
                new Look(Requirement.MAY_DELETE, this::mayDelete),
                new Look(Requirement.OURS, this::ours),
                new Look(Requirement.CLOCK, this::clock),
                new Look(Requirement.LOCKS, this::locks));
    }

    private Verdict capabilities() {
        Wrongs wrongs = new Wrongs();
        Capabilities can = ground.capabilities();
        wrongs.hold(
                can.largestWrite().bytes() >= SEGMENT_BYTES,
                "the largest write is " + can.largestWrite().words());
        boolean offered = ground.session().snapshots().isPresent();
        wrongs.hold(
                offered == can.volumeSnapshots().supported(),
                offered ? "snapshots are offered and not claimed" : "snapshots are claimed and not offered");
        return wrongs.or("writes of up to " + can.largestWrite().words()
                + (can.conditionalCreate() ? ", conditional writes" : "")
                + (can.objectLock() ? ", object locks" : "")
                + (can.versioning() ? ", versions" : "")
                + (offered ? ", snapshots of volumes" : ""));
    }

    private Verdict mayWrite() {
        ground.sample();
        return new Verdict.Held("an object was written");
    }

    private Verdict mayRead() {
        byte[] read = ground.read(ground.sample());
        return new Verdict.Held(read.length + " bytes were read");
    }

    private Verdict mayDescribe() {
        var unused = ground.stat(ground.sample().key());
        return new Verdict.Held("an object was described");
    }

    private Verdict mayList() {
        var unused = ground.store().list(ground.keys().folder(), null, ground.call());
        return new Verdict.Held("a folder was listed");
    }

    private Verdict mayDelete() {
        DeleteOutcome outcome = ground.trial();
        return outcome instanceof DeleteOutcome.Locked locked
                ? new Verdict.Spared(
                        "what is written here " + locked.words() + ", and whether it may be deleted shows then")
                : new Verdict.Held("an object was deleted");
    }

    private Verdict ours() {
        Optional<Mark> last = new Marks(ground.store(), prefix, ground.call()).last();
        if (last.isEmpty()) {
            return new Verdict.Held("nobody has written to the place yet");
        }
        Mark mark = last.get();
        return mark.installation().equals(catalog.installation())
                ? new Verdict.Held("this installation writes to the place since " + mark.createdAt())
                : new Verdict.Broken("installation " + mark.installation() + " writes to the place since "
                        + mark.createdAt() + " (epoch " + mark.epoch() + "), and this is installation "
                        + catalog.installation());
    }

    /** The object was made between two readings of the catalog's clock. Some places tell whole seconds only. */
    private Verdict clock() {
        Instant before = catalog.now();
        Ground.Sample timed = ground.write(ground.keys().key("clock-"));
        Instant after = catalog.now();
        Optional<StoredObject> found = ground.stat(timed.key());
        if (found.isEmpty()) {
            return new Verdict.Broken("an object that was just written is not described, so its time is not known");
        }
        Instant made = found.get().createdAt();
        Duration ahead = Duration.between(after, made);
        Duration behind = Duration.between(made, before.truncatedTo(ChronoUnit.SECONDS));
        if (ahead.compareTo(CLOCK_BOUND) >= 0) {
            return new Verdict.Broken("the place's clock is " + words(ahead) + " ahead of the catalog's");
        }
        if (behind.compareTo(CLOCK_BOUND) >= 0) {
            return new Verdict.Broken("the place's clock is " + words(behind) + " behind the catalog's");
        }
        return new Verdict.Held("the place's clock is "
                + words(ahead.isNegative() ? (behind.isNegative() ? Duration.ZERO : behind) : ahead)
                + " from the catalog's, as far as an object's time tells");
    }

    private static String words(Duration apart) {
        return apart.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private Verdict locks() {
        if (!ground.capabilities().objectLock()) {
            return new Verdict.Spared("the provider claims no object locks");
        }
        DeleteOutcome outcome = ground.trial();
        if (!(outcome instanceof DeleteOutcome.Locked locked)) {
            return new Verdict.Held("an object that was just written is not locked");
        }
        return locked.end().isPresent()
                ? new Verdict.Held("an object that was just written " + locked.words())
                : new Verdict.Broken("an object that was just written " + locked.words());
    }
}
