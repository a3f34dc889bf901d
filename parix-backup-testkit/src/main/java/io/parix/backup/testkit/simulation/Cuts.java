package io.parix.backup.testkit.simulation;

import io.parix.backup.DatabaseId;
import io.parix.backup.host.Attempt;
import io.parix.backup.host.SnapshotVolume;
import io.parix.backup.spi.VolumeSnapshots.VolumeRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What lay on volumes when their snapshots were asked for, and so lies on what is made of these. */
final class Cuts implements Witness {
    private final World world;
    private final Map<String, byte[]> cut = new HashMap<>();
    private final Map<String, byte[]> made = new HashMap<>();
    private final Map<String, byte[]> onVolumes = new HashMap<>();

    Cuts(World world) {
        this.world = world;
    }

    @Override
    public void about(PortCall call) {
        if (call.name().equals("VolumeSnapshots.request")) {
            String name = Objects.requireNonNull((String) call.arguments().get(0));
            String volume = Objects.requireNonNull((String) call.arguments().get(1));
            if (!world.snapshots().contains(name)) {
                world.fleet().on(volume).ifPresent(file -> cut.put(name, file));
            }
        }
    }

    @Override
    public void saw(PortCall call, @Nullable Object answer) {
        if (call.name().equals("VolumeSnapshots.materialize")) {
            VolumeRequest wanted = call.argument(VolumeRequest.class);
            byte[] file = cut.get(wanted.snapshot());
            if (file != null && !made.containsKey(wanted.name())) {
                made.put(wanted.name(), file);
            }
            if (answer instanceof Optional<?> volume && volume.isPresent()) {
                there(volume.get().toString(), wanted.name());
            }
        } else if (call.name().equals("VolumeSnapshots.deleteVolume")
                && !world.volumes().contains(call.argument(String.class))) {
            made.remove(call.argument(String.class));
        }
    }

    /** A volume holds what it was made with, whatever becomes of its snapshot. */
    private void there(String volume, String name) {
        byte[] file = made.get(name);
        if (file != null) {
            onVolumes.put(volume, file);
            world.host().lies(volume, file);
        }
    }

    /** What images hold that are taken now: what lies on the volumes that are handed in, and else what the host cuts. */
    List<byte[]> images(PortCall capture) {
        DatabaseId database = capture.argument(Attempt.class).database();
        List<byte[]> images = new ArrayList<>(world.host().imaged(database));
        if (capture.arguments().size() > 1 && capture.arguments().get(1) instanceof List<?> given) {
            for (Object each : given) {
                SnapshotVolume volume = (SnapshotVolume) each;
                byte[] known = onVolumes.get(volume.volume());
                images.set(
                        volume.replica(),
                        known != null ? known : world.host().files(database).get(volume.replica()));
            }
        }
        return images;
    }
}
