package io.parix.backup.engine.doctor;

import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.SnapshotCapabilities;
import io.parix.backup.spi.VolumeSnapshots;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Looks at snapshots of volumes, where the provider claims them; nothing is made and nothing deleted. */
final class VolumeLooks {
    private static final String NOT_CLAIMED = "the provider claims no snapshots of volumes";

    private final Ground ground;
    /** As a name and as a label: what no snapshot has. */
    private final String nobodys;

    VolumeLooks(Ground ground) {
        this.ground = ground;
        this.nobodys = "parix-doctor-" + ground.keys().run();
    }

    List<Look> looks() {
        return List.of(
                new Look(Requirement.NO_SNAPSHOT, this::noSnapshot),
                new Look(
                        Requirement.SNAPSHOTS_LISTED,
                        () -> listed((volumes, labels) -> volumes.list(labels, null, ground.call()), "snapshots")),
                new Look(Requirement.SNAPSHOT_LOCKS, this::locks),
                new Look(
                        Requirement.VOLUMES_LISTED,
                        () -> listed((volumes, labels) -> volumes.volumes(labels, null, ground.call()), "volumes")));
    }

    private Verdict noSnapshot() {
        if (!can().supported()) {
            return new Verdict.Spared(NOT_CLAIMED);
        }
        VolumeSnapshots.Snapshot described = volumes().describe(nobodys, ground.call());
        return described.state() == VolumeSnapshots.State.GONE
                ? new Verdict.Held("a snapshot that was never made is gone")
                : new Verdict.Broken(
                        "a snapshot that was never made is " + described.state().code());
    }

    private Verdict listed(BiFunction<VolumeSnapshots, Map<String, String>, List<?>> listing, String what) {
        if (!can().supported()) {
            return new Verdict.Spared(NOT_CLAIMED);
        }
        if (!can().listByLabel()) {
            return new Verdict.Spared("the provider claims no listing by labels");
        }
        int found = listing.apply(volumes(), Map.of("parix-doctor", nobodys)).size();
        return found == 0
                ? new Verdict.Held("the " + what + " of a label were listed, which nothing has")
                : new Verdict.Broken("for a label that nothing has " + found + " " + what + " are listed");
    }

    private Verdict locks() {
        return can().supported()
                ? new Verdict.Spared("a lock is told when a snapshot is to be deleted, and an examination deletes none")
                : new Verdict.Spared(NOT_CLAIMED);
    }

    private SnapshotCapabilities can() {
        return ground.capabilities().volumeSnapshots();
    }

    private VolumeSnapshots volumes() {
        return ground.session()
                .snapshots()
                .orElseThrow(() -> new ProviderException(
                        ErrorKind.INVALID_REQUEST, "The provider claims snapshots of volumes and offers none."));
    }
}
