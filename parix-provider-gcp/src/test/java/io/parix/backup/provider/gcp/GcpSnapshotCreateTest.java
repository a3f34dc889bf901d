package io.parix.backup.provider.gcp;

import static io.parix.backup.provider.gcp.FakeVolumes.CALL;
import static io.parix.backup.provider.gcp.FakeVolumes.LABEL;
import static io.parix.backup.provider.gcp.FakeVolumes.LABELS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parix.backup.provider.gcp.server.FakeGce;
import io.parix.backup.provider.gcp.server.FakeGceSnapshot;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.VolumeSnapshots;
import io.parix.backup.spi.VolumeSnapshots.Snapshot;
import io.parix.backup.spi.VolumeSnapshots.State;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a snapshot comes to be, and what is said until it is there. */
class GcpSnapshotCreateTest {
    private static final String NAME = "parix-b1-1-0";

    private final FakeVolumes volumes = new FakeVolumes();
    private final VolumeSnapshots place = volumes.place();

    @AfterEach
    void close() {
        volumes.close();
    }

    private static ProviderException refused(ThrowingCallable call) {
        return catchThrowableOfType(ProviderException.class, call);
    }

    private FakeGceSnapshot made() {
        return volumes.server.disks().snapshots(LABEL, NAME).get(0);
    }

    @Test
    @DisplayName("B6 a snapshot has its name, its labels and a note of what it is of; disks of a region, too")
    void saysWhat() {
        Snapshot asked = volumes.ask(place, NAME);
        assertThat(asked.opaque()).isEqualTo("snapshot " + made().id() + " of " + volumes.volume);
        assertThat(asked.labels()).isEqualTo(LABELS);
        assertThat(made().name()).isEqualTo(NAME);
        assertThat(made().labels()).containsAllEntriesOf(LABELS).containsEntry(LABEL, NAME);
        assertThat(made().locations()).isEmpty();
        assertThat(volumes.server.operations())
                .containsExactly("snapshots.get", "operations.list", "snapshots.insert", "snapshots.get");
        Snapshot regional = place.request("parix-b1-1-1", volumes.other, LABELS, CALL);
        assertThat(regional.opaque()).endsWith(" of " + volumes.other).contains("/regions/");
        volumes.server.forget();
        volumes.ask(place, NAME);
        assertThat(volumes.server.operations()).containsExactly("snapshots.get");
    }

    @Test
    @DisplayName("a snapshot is stored where the settings say, and its disk may be in another project")
    void saysWhere() {
        VolumeSnapshots there = volumes.placeVia(volumes.server.uri(), Map.of("snapshot-location", "europe-west3"));
        volumes.ask(there, NAME);
        assertThat(made().locations()).containsExactly("europe-west3");
        String shortPath = volumes.volume.substring(volumes.volume.indexOf("zones/"));
        assertThat(place.request(NAME, shortPath, LABELS, CALL).opaque()).contains(volumes.volume);
        assertThat(refused(() -> place.request("b", "vol-0123456789abcdef0", LABELS, CALL))
                        .kind())
                .isEqualTo(ErrorKind.INVALID_REQUEST);
        ProviderException number =
                refused(() -> place.request("b", "projects/123456789012/zones/europe-west3-a/disks/d", LABELS, CALL));
        assertThat(number.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
        assertThat(number).hasMessageContaining("by its id");
        assertThat(refused(() -> place.request("b", "zones/europe-west3-a/disks/none", LABELS, CALL))
                        .kind())
                .isEqualTo(ErrorKind.NOT_FOUND);
    }

    @ParameterizedTest
    @CsvSource({
        "CREATING, CUTTING",
        "UPLOADING, CUT",
        "READY, USABLE",
        "FAILED, FAILED",
        "DELETING, FAILED",
        "NEW, CUTTING"
    })
    @DisplayName("VOL-03 each status is one state, and what is being deleted is there, and never usable")
    void knowsStates(String status, State state) {
        volumes.ask(place, NAME);
        made().status(status);
        Snapshot found = place.describe(NAME, CALL);
        assertThat(found.state()).isEqualTo(state);
        assertThat(found.reason().isEmpty()).isEqualTo(state != State.FAILED);
        assertThat(found.percent()).isEqualTo(state == State.USABLE ? 100 : 0);
    }

    @Test
    @DisplayName(
            "B8 what is accepted and not begun delays with its operation, to asking, describing and deleting alike")
    void waitsForItsOperation() {
        volumes.server.disks().lag(Duration.ofSeconds(5));
        for (ThrowingCallable each : List.<ThrowingCallable>of(
                () -> volumes.ask(place, NAME),
                () -> volumes.ask(place, NAME),
                () -> place.describe(NAME, CALL),
                () -> place.delete(NAME, CALL),
                // Another process knows as much.
                () -> volumes.place().describe(NAME, CALL),
                () -> volumes.ask(volumes.place(), NAME))) {
            ProviderException waits = refused(each);
            assertThat(waits.kind()).isEqualTo(ErrorKind.THROTTLED);
            assertThat(waits.retryAfter()).contains(Duration.ofSeconds(2));
            assertThat(waits).hasMessageContaining("operation-");
        }
        volumes.clock.advance(Duration.ofSeconds(5));
        assertThat(volumes.ask(place, NAME).state()).isEqualTo(State.CUTTING);
        assertThat(volumes.server.operations()).containsOnlyOnce("snapshots.insert");
    }

    @Test
    @DisplayName(
            "A6 a limit that is found out when the operation runs delays, and the snapshot is asked for anew after it")
    void delaysAtTheLimit() {
        volumes.server.disks().between(Duration.ofMinutes(10));
        volumes.ask(place, "parix-b0-1-0");
        volumes.clock.advance(Duration.ofMinutes(2));
        volumes.server.disks().lag(Duration.ofSeconds(1));
        assertThat(refused(() -> volumes.ask(place, NAME)).retryAfter()).contains(Duration.ofSeconds(2));
        volumes.clock.advance(Duration.ofSeconds(1));
        ProviderException limit = refused(() -> volumes.ask(place, NAME));
        assertThat(limit.kind()).isEqualTo(ErrorKind.THROTTLED);
        assertThat(limit.retryAfter()).contains(Duration.ofMinutes(10));
        assertThat(limit)
                .hasMessageContaining("RESOURCE_OPERATION_RATE_EXCEEDED")
                .hasMessageContaining("too often");
        assertThat(place.describe(NAME, CALL).state()).isEqualTo(State.GONE);
        assertThat(place.delete(NAME, CALL)).isEqualTo(new DeleteOutcome.Absent());
        volumes.clock.advance(Duration.ofMinutes(10));
        assertThat(refused(() -> volumes.ask(place, NAME)).retryAfter()).contains(Duration.ofSeconds(2));
        volumes.clock.advance(Duration.ofSeconds(1));
        assertThat(volumes.ask(place, NAME).state()).isEqualTo(State.CUTTING);
    }

    @Test
    @DisplayName("B3 a key that may not be used is told apart, by asking and by describing, for ten minutes")
    void tellsABadKey() {
        volumes.server.disks().failNext("KMS_PERMISSION_DENIED", Duration.ofSeconds(5));
        assertThat(refused(() -> volumes.ask(place, NAME)).kind()).isEqualTo(ErrorKind.THROTTLED);
        volumes.clock.advance(Duration.ofSeconds(5));
        ProviderException denied = refused(() -> volumes.ask(place, NAME));
        assertThat(denied.kind()).isEqualTo(ErrorKind.DENIED);
        assertThat(denied).hasMessageContaining("service agent").hasMessageContaining("KMS_PERMISSION_DENIED");
        Snapshot failed = place.describe(NAME, CALL);
        assertThat(failed.state()).isEqualTo(State.FAILED);
        assertThat(failed.reason()).contains("KMS_PERMISSION_DENIED");
        // It is not there, so that clean-up has nothing to do.
        assertThat(failed.labels()).isEmpty();
        assertThat(place.delete(NAME, CALL)).isEqualTo(new DeleteOutcome.Absent());
        volumes.clock.advance(Duration.ofMinutes(10));
        assertThat(place.describe(NAME, CALL).state()).isEqualTo(State.GONE);
        assertThat(volumes.ask(place, NAME).state()).isEqualTo(State.CUTTING);
    }

    @Test
    @DisplayName("VOL-01 a lost answer is looked after at once, and the snapshot that it has made is the one")
    void findsWhatWasLost() {
        volumes.server.next("snapshots.insert", FakeGce.lostAnswer());
        assertThat(volumes.ask(place, NAME).state()).isEqualTo(State.CUTTING);
        assertThat(volumes.named(NAME)).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "VOL-05 a request that was lost on its way is an unknown outcome, and its name not gone for two minutes")
    void doesNotTakeSilenceForAbsence() {
        volumes.server.next("snapshots.insert", (request, real) -> null);
        assertThat(refused(() -> volumes.ask(place, NAME)).kind()).isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
        for (ThrowingCallable each :
                List.<ThrowingCallable>of(() -> place.describe(NAME, CALL), () -> place.delete(NAME, CALL))) {
            assertThat(refused(each).kind()).isEqualTo(ErrorKind.THROTTLED);
            assertThat(refused(each).retryAfter()).contains(Unheard.SETTLING);
        }
        volumes.clock.advance(Unheard.SETTLING);
        assertThat(place.describe(NAME, CALL).state()).isEqualTo(State.GONE);
        assertThat(volumes.ask(place, NAME).state()).isEqualTo(State.CUTTING);
        assertThat(volumes.named(NAME)).isEqualTo(1);
    }

    @Test
    @DisplayName("VOL-01 a lost request may be asked again at once: names are unique")
    void asksAgain() {
        volumes.server.next("snapshots.insert", (request, real) -> null);
        assertThat(refused(() -> volumes.ask(place, NAME)).kind()).isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
        assertThat(volumes.ask(place, NAME).state()).isEqualTo(State.CUTTING);
        assertThat(place.describe(NAME, CALL).state()).isEqualTo(State.CUTTING);
        assertThat(volumes.named(NAME)).isEqualTo(1);
    }

    @Test
    @DisplayName("VOL-01 of two that race for a name one makes the snapshot, and both are told the same")
    void agrees() {
        volumes.server.next("snapshots.insert", (request, real) -> {
            volumes.ask(volumes.place(), NAME);
            return real.get();
        });
        assertThat(volumes.ask(place, NAME).opaque())
                .isEqualTo(volumes.ask(volumes.place(), NAME).opaque());
        assertThat(volumes.named(NAME)).isEqualTo(1);
    }

    @Test
    @DisplayName("VOL-02 what somebody else has called so is a conflict, and is never described, listed or deleted")
    void leavesOthersAlone() {
        volumes.server.disks().add(NAME, volumes.volume, LABELS);
        volumes.server
                .disks()
                .add("copied-by-a-script", volumes.volume, Map.of(LABEL, "parix-b9-1-0", "parix-backup", "b1"));
        assertThat(refused(() -> volumes.ask(place, NAME)).kind()).isEqualTo(ErrorKind.CONFLICT);
        assertThat(place.describe(NAME, CALL).state()).isEqualTo(State.GONE);
        assertThat(place.delete(NAME, CALL)).isEqualTo(new DeleteOutcome.Absent());
        assertThat(place.describe("parix-b9-1-0", CALL).state()).isEqualTo(State.GONE);
        assertThat(place.delete("parix-b9-1-0", CALL)).isEqualTo(new DeleteOutcome.Absent());
        assertThat(place.list(Map.of("parix-backup", "b1"), null, CALL)).isEmpty();
        assertThat(volumes.server.disks().size()).isEqualTo(2);
    }

    @Test
    @DisplayName("B6 a name that Compute Engine would not take is folded, found, listed by itself and deleted")
    void findsFoldedNames() {
        String name = "0-b1-1-";
        volumes.ask(place, name);
        volumes.pass();
        assertThat(place.describe(name, CALL).state()).isEqualTo(State.USABLE);
        assertThat(place.list(LABELS, null, CALL)).extracting(Snapshot::name).containsExactly(name);
        assertThat(volumes.server.disks().snapshots(LABEL, name).get(0).name()).startsWith("parixf-");
        assertThat(place.delete(name, CALL)).isEqualTo(new DeleteOutcome.Deleted());
        volumes.pass();
        assertThat(place.describe(name, CALL).state()).isEqualTo(State.GONE);
    }
}
