package io.parix.backup.testkit.store;

import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.VolumeSnapshots;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Snapshots through a session: they outlive it, the door closes with it. */
record OpenSnapshots(VolumeSnapshots there, Runnable requireOpen) implements VolumeSnapshots {
    @Override
    public Snapshot request(String name, String volume, Map<String, String> labels, CallContext call) {
        return open().request(name, volume, labels, call);
    }

    @Override
    public Snapshot describe(String name, CallContext call) {
        return open().describe(name, call);
    }

    @Override
    public DeleteOutcome delete(String name, CallContext call) {
        return open().delete(name, call);
    }

    @Override
    public List<Snapshot> list(Map<String, String> labels, @Nullable String after, CallContext call) {
        return open().list(labels, after, call);
    }

    @Override
    public Optional<String> materialize(VolumeRequest wanted, CallContext call) {
        return open().materialize(wanted, call);
    }

    @Override
    public DeleteOutcome deleteVolume(String name, CallContext call) {
        return open().deleteVolume(name, call);
    }

    @Override
    public List<String> volumes(Map<String, String> labels, @Nullable String after, CallContext call) {
        return open().volumes(labels, after, call);
    }

    private VolumeSnapshots open() {
        requireOpen.run();
        return there;
    }
}
