package io.parix.backup.provider.gcp;

import io.parix.backup.spi.VolumeSnapshots;
import io.parix.backup.spi.VolumeSnapshots.VolumeRequest;
import java.util.concurrent.Callable;

/** Every verb of snapshots once, for class paths with no more of Compute Engine's client than its page tells hosts to bring. */
public final class SnapshotsToo implements Callable<String> {
    /** For reflection. */
    public SnapshotsToo() {}

    @Override
    public String call() {
        try (FakeVolumes volumes = new FakeVolumes()) {
            VolumeSnapshots place = volumes.place();
            volumes.ask(place, "parix-b1-1-0");
            volumes.pass();
            VolumeRequest wanted = new VolumeRequest("v", "parix-b1-1-0", FakeVolumes.ZONE, FakeVolumes.LABELS);
            place.materialize(wanted, FakeVolumes.CALL);
            volumes.pass();
            String said = place.materialize(wanted, FakeVolumes.CALL).isPresent() + " "
                    + place.volumes(FakeVolumes.LABELS, null, FakeVolumes.CALL) + " "
                    + place.list(FakeVolumes.LABELS, null, FakeVolumes.CALL).size();
            place.deleteVolume("v", FakeVolumes.CALL);
            place.delete("parix-b1-1-0", FakeVolumes.CALL);
            volumes.pass();
            return said + " " + place.describe("parix-b1-1-0", FakeVolumes.CALL).state();
        }
    }
}
