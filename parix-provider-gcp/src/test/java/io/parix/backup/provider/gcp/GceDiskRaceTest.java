package io.parix.backup.provider.gcp;

import static io.parix.backup.provider.gcp.FakeVolumes.CALL;
import static io.parix.backup.provider.gcp.FakeVolumes.LABELS;
import static io.parix.backup.provider.gcp.FakeVolumes.ZONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonObject;
import io.parix.backup.provider.gcp.server.FakeGce;
import io.parix.backup.provider.gcp.server.FakeGceDisk;
import io.parix.backup.servers.gcs.FakeAnswer;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.VolumeSnapshots;
import io.parix.backup.spi.VolumeSnapshots.VolumeRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Disks that several ask for at once, or that are asked for while another part of Compute Engine is behind or out. */
class GceDiskRaceTest {
    private static final String NAME = "parix-b1-1-0";

    private final FakeVolumes volumes = new FakeVolumes();
    private final VolumeSnapshots place = volumes.place();

    @BeforeEach
    void make() {
        volumes.ask(place, NAME);
        volumes.pass();
        volumes.server.forget();
    }

    @AfterEach
    void close() {
        volumes.close();
    }

    private static Optional<String> materialize(VolumeSnapshots at) {
        return at.materialize(new VolumeRequest(NAME, NAME, ZONE, LABELS), CALL);
    }

    private List<FakeGceDisk> made() {
        return volumes.server.disks().disks("parix-volume", NAME);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5})
    @DisplayName(
            "VOL-07 of two that race for a name one makes the disk, begun or not, and neither is told of a conflict")
    void agrees(int lag) {
        volumes.server.disks().lag(Duration.ofSeconds(lag));
        volumes.server.next("disks.insert", (request, real) -> {
            materialize(volumes.place());
            return real.get();
        });
        assertThat(materialize(place)).isEmpty();
        volumes.pass();
        assertThat(materialize(place)).contains(made().get(0).path()).isEqualTo(materialize(volumes.place()));
        assertThat(made()).hasSize(1);
    }

    @Test
    @DisplayName("VOL-07 a lost request that is asked again while the list of operations is behind finds its own disk")
    void findsItsOwn() {
        volumes.server.disks().lag(Duration.ofSeconds(5));
        volumes.server.next("disks.insert", FakeGce.lostAnswer());
        assertThat(catchThrowableOfType(ProviderException.class, () -> materialize(place))
                        .kind())
                .isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
        volumes.server.next("operations.list", (request, real) -> FakeAnswer.json(new JsonObject()));
        assertThat(materialize(place)).isEmpty();
        volumes.pass();
        assertThat(materialize(place)).contains(made().get(0).path());
        assertThat(made()).hasSize(1);
    }

    @Test
    @DisplayName("VOL-07 what somebody else has called so, just before, is a conflict, and stays as it is")
    void isAConflict() {
        volumes.server.next("disks.insert", (request, real) -> {
            volumes.server.disks().addDisk("zones/europe-west3-a", NAME);
            return real.get();
        });
        ProviderException conflict = catchThrowableOfType(ProviderException.class, () -> materialize(place));
        assertThat(conflict.kind()).isEqualTo(ErrorKind.CONFLICT);
        assertThat(conflict).hasMessageContaining("not ours");
        assertThat(made()).isEmpty();
    }

    @Test
    @DisplayName("VOL-07 an outage of other zones hinders no disk here, and what must see them all is unavailable")
    void needsItsOwnZoneOnly() {
        volumes.server.unreachable("zones/europe-west3-b");
        volumes.server.unreachable("regions/europe-west3");
        assertThat(materialize(place)).isEmpty();
        volumes.pass();
        assertThat(materialize(place)).isPresent();
        assertThat(catchThrowableOfType(ProviderException.class, () -> place.deleteVolume(NAME, CALL))
                        .kind())
                .isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(volumes.server.operations()).contains("disks.get", "operations.list");
    }

    @Test
    @DisplayName("VOL-07 a disk in two zones of a region is looked for in the region, and made once")
    void looksInTheRegion() {
        VolumeRequest regional = new VolumeRequest(
                NAME, NAME, Map.of("region", "europe-west3", "replica-zones", "europe-west3-a,europe-west3-c"), LABELS);
        volumes.server.disks().lag(Duration.ofSeconds(5));
        assertThat(place.materialize(regional, CALL)).isEmpty();
        assertThat(volumes.place().materialize(regional, CALL)).isEmpty();
        volumes.pass();
        assertThat(place.materialize(regional, CALL)).contains(made().get(0).path());
        assertThat(volumes.server.operations())
                .containsOnlyOnce("regionDisks.insert")
                .contains("regionDisks.get")
                .doesNotContain("disks.aggregatedList");
    }
}
