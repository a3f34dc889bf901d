package io.parix.backup.testkit.contract;

import io.parix.backup.host.Attempt;
import io.parix.backup.host.Capture;
import io.parix.backup.host.Image;
import io.parix.backup.host.ReplicaImages;
import io.parix.backup.host.SnapshotVolume;
import io.parix.backup.testkit.host.InMemoryHost;
import java.util.ArrayList;
import java.util.List;

/** Hands every call on to a host in memory that is right. */
class WrongImages implements ReplicaImages {
    final InMemoryHost right;
    private ReplicaImages way;

    WrongImages(InMemoryHost right) {
        this.right = right;
        this.way = right;
    }

    /** Asks that host another way, on which faults lie. */
    WrongImages asking(ReplicaImages other) {
        way = other;
        return this;
    }

    ReplicaImages way() {
        return way;
    }

    /** Hands images out, after whatever is done to them. */
    List<Image> handed(Attempt attempt, List<Image> images) {
        return images;
    }

    @Override
    public Capture capture(Attempt attempt) {
        return capture(attempt, List.of());
    }

    @Override
    public Capture capture(Attempt attempt, List<SnapshotVolume> volumes) {
        Capture capture = way.capture(attempt, volumes);
        return capture instanceof Capture.Ready ready
                ? new Capture.Ready(handed(attempt, new ArrayList<>(ready.images())))
                : capture;
    }

    @Override
    public void release(Attempt attempt) {
        way.release(attempt);
    }
}
