package io.parix.backup.provider.gcp;

import static io.parix.backup.provider.gcp.FakeVolumes.CALL;
import static io.parix.backup.provider.gcp.FakeVolumes.LABEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parix.backup.provider.gcp.server.FakeGce;
import io.parix.backup.provider.gcp.server.FakeGceSnapshot;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.VolumeSnapshots;
import io.parix.backup.spi.VolumeSnapshots.State;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Deletions, which are accepted, and happen or fail later. */
class GcpSnapshotDeleteTest {
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

    private FakeGceSnapshot made() {
        return volumes.server.disks().snapshots(LABEL, NAME).get(0);
    }

    private ProviderException refused() {
        return catchThrowableOfType(ProviderException.class, () -> place.delete(NAME, CALL));
    }

    @Test
    @DisplayName("VOL-05 a deletion is asked for once, is seen under way, and gone when Compute Engine says so")
    void seesItGone() {
        volumes.server.disks().lag(Duration.ofSeconds(10));
        assertThat(place.delete(NAME, CALL)).isEqualTo(new DeleteOutcome.Deleted());
        assertThat(place.describe(NAME, CALL).state()).isEqualTo(State.USABLE);
        assertThat(place.delete(NAME, CALL)).isEqualTo(new DeleteOutcome.Deleted());
        volumes.clock.advance(Duration.ofSeconds(10));
        assertThat(place.describe(NAME, CALL).reason()).isEqualTo("It is being deleted.");
        assertThat(place.delete(NAME, CALL)).isEqualTo(new DeleteOutcome.Deleted());
        assertThat(volumes.server.operations()).containsOnlyOnce("snapshots.delete");
        volumes.clock.advance(Duration.ofSeconds(30));
        assertThat(place.describe(NAME, CALL).state()).isEqualTo(State.GONE);
        assertThat(place.delete(NAME, CALL)).isEqualTo(new DeleteOutcome.Absent());
    }

    @Test
    @DisplayName(
            "H5 what is refused at once is in use, with Compute Engine's words, and is deleted once nothing uses it")
    void isInUse() {
        made().use();
        assertThat(place.delete(NAME, CALL)).isInstanceOfSatisfying(DeleteOutcome.Failed.class, failed -> {
            assertThat(failed.kind()).isEqualTo(ErrorKind.IN_USE);
            assertThat(failed.message()).contains("resourceInUseByAnotherResource");
        });
        made().letGo();
        assertThat(place.delete(NAME, CALL)).isEqualTo(new DeleteOutcome.Deleted());
    }

    @Test
    @DisplayName(
            "H3, H5 a deletion that was accepted and failed later is asked for again, and tells why it failed before")
    void tellsWhyItFailed() {
        made().useLater();
        assertThat(place.delete(NAME, CALL)).isEqualTo(new DeleteOutcome.Deleted());
        volumes.clock.advance(Duration.ofSeconds(5));
        for (int i = 0; i < 2; i++) {
            assertThat(place.delete(NAME, CALL)).isInstanceOfSatisfying(DeleteOutcome.Failed.class, failed -> {
                assertThat(failed.kind()).isEqualTo(ErrorKind.IN_USE);
                assertThat(failed.message()).contains("RESOURCE_IN_USE_BY_ANOTHER_RESOURCE", "again");
            });
            volumes.clock.advance(Duration.ofSeconds(5));
        }
        assertThat(place.describe(NAME, CALL).state()).isEqualTo(State.USABLE);
        made().letGo();
        assertThat(place.delete(NAME, CALL)).isInstanceOf(DeleteOutcome.Failed.class);
        volumes.clock.advance(Duration.ofMinutes(1));
        assertThat(place.describe(NAME, CALL).state()).isEqualTo(State.GONE);
        assertThat(place.delete(NAME, CALL)).isEqualTo(new DeleteOutcome.Absent());
    }

    @Test
    @DisplayName("VOL-05 a lost answer to a deletion is an unknown outcome, and asking again tells")
    void losesAnAnswer() {
        volumes.server.next("snapshots.delete", FakeGce.lostAnswer());
        assertThat(refused().kind()).isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
        assertThat(place.delete(NAME, CALL)).isEqualTo(new DeleteOutcome.Deleted());
        volumes.clock.advance(Duration.ofMinutes(1));
        assertThat(place.delete(NAME, CALL)).isEqualTo(new DeleteOutcome.Absent());
    }

    @Test
    @DisplayName("VOL-05 one that is gone between looking and asking is absent")
    void isGoneMeanwhile() {
        volumes.server.next("snapshots.delete", FakeGce.error(404, "notFound"));
        assertThat(place.delete(NAME, CALL)).isEqualTo(new DeleteOutcome.Absent());
    }

    @Test
    @DisplayName("a name that is being deleted is no snapshot for anybody who asks for one")
    void isNotGivenAgain() {
        place.delete(NAME, CALL);
        assertThat(volumes.ask(place, NAME).state()).isEqualTo(State.FAILED);
        volumes.clock.advance(Duration.ofMinutes(1));
        assertThat(volumes.ask(place, NAME).state()).isEqualTo(State.CUTTING);
    }
}
