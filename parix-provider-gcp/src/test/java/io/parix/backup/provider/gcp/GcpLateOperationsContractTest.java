package io.parix.backup.provider.gcp;

import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.VolumeSnapshots;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/**
 * The same on a Compute Engine that begins a while after it has accepted, lists in short pages, and is asked as the engine asks: what is
 * <em>throttled</em> for a moment is asked again after it.
 */
class GcpLateOperationsContractTest extends GcpVolumeSnapshotsContractTest {
    @BeforeEach
    void beLate() {
        volumes.server.disks().lag(Duration.ofSeconds(3));
        volumes.server.page(100);
    }

    @Override
    public VolumeSnapshots snapshots() {
        return new Patient(volumes.place());
    }

    @Override
    public Optional<VolumeSnapshots> limited() {
        return super.limited().map(Patient::new);
    }

    /** Enough for several pages. */
    @Override
    public int many() {
        return 250;
    }

    /** Asks again. */
    private final class Patient implements VolumeSnapshots {
        private final VolumeSnapshots place;

        Patient(VolumeSnapshots place) {
            this.place = place;
        }

        private <T> T ask(Supplier<T> question) {
            for (int i = 0; i < 3; i++) {
                try {
                    return question.get();
                } catch (ProviderException e) {
                    boolean soon = e.kind() == ErrorKind.THROTTLED
                            && e.retryAfter().orElseThrow().equals(ComputeOperations.SOON);
                    if (!soon) {
                        throw e;
                    }
                    volumes.clock.advance(ComputeOperations.SOON);
                }
            }
            return question.get();
        }

        @Override
        public Snapshot request(String name, String volume, Map<String, String> labels, CallContext call) {
            return ask(() -> place.request(name, volume, labels, call));
        }

        @Override
        public Snapshot describe(String name, CallContext call) {
            return ask(() -> place.describe(name, call));
        }

        @Override
        public DeleteOutcome delete(String name, CallContext call) {
            return ask(() -> place.delete(name, call));
        }

        @Override
        public List<Snapshot> list(Map<String, String> labels, @Nullable String after, CallContext call) {
            return ask(() -> place.list(labels, after, call));
        }

        @Override
        public Optional<String> materialize(VolumeRequest wanted, CallContext call) {
            return ask(() -> place.materialize(wanted, call));
        }

        @Override
        public DeleteOutcome deleteVolume(String name, CallContext call) {
            return ask(() -> place.deleteVolume(name, call));
        }

        @Override
        public List<String> volumes(Map<String, String> labels, @Nullable String after, CallContext call) {
            volumes.clock.advance(Duration.ofSeconds(3));
            return ask(() -> place.volumes(labels, after, call));
        }
    }
}
