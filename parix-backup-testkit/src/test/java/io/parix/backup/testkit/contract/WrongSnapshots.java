package io.parix.backup.testkit.contract;

import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.VolumeSnapshots;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Right snapshots, of which a mutant gets one verb wrong. */
class WrongSnapshots implements VolumeSnapshots {
    final VolumeSnapshots right;

    WrongSnapshots(VolumeSnapshots right) {
        this.right = right;
    }

    @Override
    public Snapshot request(String name, String volume, Map<String, String> labels, CallContext call) {
        return right.request(name, volume, labels, call);
    }

    @Override
    public Snapshot describe(String name, CallContext call) {
        return right.describe(name, call);
    }

    @Override
    public DeleteOutcome delete(String name, CallContext call) {
        return right.delete(name, call);
    }

    @Override
    public List<Snapshot> list(Map<String, String> labels, @Nullable String after, CallContext call) {
        return right.list(labels, after, call);
    }

    @Override
    public Optional<String> materialize(VolumeRequest wanted, CallContext call) {
        return right.materialize(wanted, call);
    }

    @Override
    public DeleteOutcome deleteVolume(String name, CallContext call) {
        return right.deleteVolume(name, call);
    }

    @Override
    public List<String> volumes(Map<String, String> labels, @Nullable String after, CallContext call) {
        return right.volumes(labels, after, call);
    }
}
