package io.parix.backup.provider.gcp;

import static io.parix.backup.provider.gcp.FakeVolumes.CALL;
import static io.parix.backup.provider.gcp.FakeVolumes.LABELS;
import static io.parix.backup.provider.gcp.FakeVolumes.ZONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parix.backup.provider.gcp.server.FakeGce;
import io.parix.backup.provider.gcp.server.FakeGceDisk;
import io.parix.backup.spi.DeleteOutcome;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Disks that are made of snapshots. */
class GceDisksTest {
    private static final String NAME = "parix-b1-1-0";
    private static final String KEY = "projects/ledger/locations/europe-west3/keyRings/backups/cryptoKeys/disks";

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

    private Optional<String> materialize(Map<String, String> placement) {
        return place.materialize(new VolumeRequest(NAME, NAME, placement, LABELS), CALL);
    }

    private ProviderException refused(Map<String, String> placement) {
        return catchThrowableOfType(ProviderException.class, () -> materialize(placement));
    }

    private DeleteOutcome delete() {
        return place.deleteVolume(NAME, CALL);
    }

    private List<FakeGceDisk> made() {
        return volumes.server.disks().disks("parix-volume", NAME);
    }

    @Test
    @DisplayName("VOL-07 a disk is asked for once, and is there once Compute Engine says so, attached or not")
    void makesOne() {
        assertThat(materialize(ZONE)).isEmpty();
        assertThat(materialize(ZONE)).isEmpty();
        volumes.clock.advance(Duration.ofMinutes(1));
        assertThat(materialize(ZONE)).contains(made().get(0).path());
        made().get(0).attach();
        assertThat(materialize(ZONE)).contains(made().get(0).path());
        assertThat(made().get(0).path()).isEqualTo("projects/ledger-prod/zones/europe-west3-a/disks/" + NAME);
        assertThat(volumes.server.operations()).containsOnlyOnce("disks.insert");
        assertThat(made().get(0).labels()).containsAllEntriesOf(LABELS);
        assertThat(made().get(0).asked().keySet())
                .containsExactlyInAnyOrder("name", "description", "sourceSnapshot", "labels");
    }

    @Test
    @DisplayName("VOL-07 a disk that is accepted and not begun is awaited, by another process, too")
    void waitsForItsOperation() {
        volumes.server.disks().lag(Duration.ofSeconds(5));
        assertThat(materialize(ZONE)).isEmpty();
        assertThat(volumes.place().materialize(new VolumeRequest(NAME, NAME, ZONE, LABELS), CALL))
                .isEmpty();
        assertThat(catchThrowableOfType(ProviderException.class, this::delete).kind())
                .isEqualTo(ErrorKind.THROTTLED);
        volumes.pass();
        assertThat(materialize(ZONE)).contains(made().get(0).path());
        assertThat(volumes.server.operations()).containsOnlyOnce("disks.insert");
    }

    @Test
    @DisplayName("VOL-07 each word of a placement is said, for a zone and for two of a region")
    void saysWhere() {
        materialize(Map.of(
                "zone",
                "europe-west3-b",
                "type",
                "hyperdisk-balanced",
                "size-gb",
                "200",
                "iops",
                "4000",
                "throughput",
                "250",
                "kms-key",
                KEY));
        String asked = made().get(0).asked().toString();
        assertThat(asked)
                .contains("projects/ledger-prod/zones/europe-west3-b/diskTypes/hyperdisk-balanced")
                .contains("\"sizeGb\":\"200\"")
                .contains("\"provisionedIops\":\"4000\"")
                .contains("\"provisionedThroughput\":\"250\"")
                .contains("{\"kmsKeyName\":\"" + KEY + "\"}");
        place.materialize(
                new VolumeRequest(
                        "regional",
                        NAME,
                        Map.of(
                                "region",
                                "europe-west3",
                                "replica-zones",
                                "europe-west3-a,europe-west3-c",
                                "type",
                                "pd-balanced"),
                        LABELS),
                CALL);
        FakeGceDisk regional =
                volumes.server.disks().disks("parix-volume", "regional").get(0);
        assertThat(regional.path()).isEqualTo("projects/ledger-prod/regions/europe-west3/disks/regional");
        assertThat(regional.asked().toString())
                .contains("projects/ledger-prod/zones/europe-west3-a", "projects/ledger-prod/zones/europe-west3-c")
                .contains("regions/europe-west3/diskTypes/pd-balanced");
        volumes.pass();
        assertThat(place.volumes(LABELS, null, CALL)).containsExactly(NAME, "regional");
        assertThat(place.deleteVolume("regional", CALL)).isEqualTo(new DeleteOutcome.Deleted());
        volumes.pass();
        assertThat(place.volumes(LABELS, null, CALL)).containsExactly(NAME);
        assertThat(volumes.server.operations()).contains("regionDisks.insert", "regionDisks.delete");
    }

    @Test
    @DisplayName(
            "VOL-07 a placement that says no place, two, an unknown word or a wrong one is refused, and nothing is made")
    void refusesAWrongPlacement() {
        for (Map<String, String> each : List.<Map<String, String>>of(
                Map.of(),
                Map.of("zone", " "),
                Map.of("zone", "a/../b"),
                Map.of("zone", "europe-west3-a", "region", "europe-west3", "replica-zones", "a,b"),
                Map.of("region", "europe-west3"),
                Map.of("zone", "europe-west3-a", "replica-zones", "a,b"),
                Map.of("region", "europe-west3", "replica-zones", "europe-west3-a"),
                Map.of("zone", "europe-west3-a", "colour", "blue"),
                Map.of("zone", "europe-west3-a", "iops", "many"),
                Map.of("zone", "europe-west3-a", "size-gb", "0"),
                Map.of("zone", "europe-west3-x"),
                Map.of("zone", "europe-west3-a", "type", "floppy"))) {
            assertThat(refused(each).kind()).as(each.toString()).isEqualTo(ErrorKind.INVALID_REQUEST);
        }
        assertThat(made()).isEmpty();
    }

    @Test
    @DisplayName("a disk whose key may not be used is denied with that hint, for ten minutes, and then asked for anew")
    void tellsABadKey() {
        Map<String, String> encrypted = Map.of("zone", "europe-west3-a", "kms-key", KEY);
        volumes.server.disks().badKey(KEY);
        assertThat(materialize(encrypted)).isEmpty();
        volumes.clock.advance(Duration.ofSeconds(5));
        assertThat(made()).isEmpty();
        for (int i = 0; i < 2; i++) {
            ProviderException failed = refused(encrypted);
            assertThat(failed.kind()).isEqualTo(ErrorKind.DENIED);
            assertThat(failed).hasMessageContaining("KMS_PERMISSION_DENIED").hasMessageContaining("service agent");
            volumes.clock.advance(Duration.ofMinutes(9));
        }
        assertThat(volumes.server.operations()).containsOnlyOnce("disks.insert");
        assertThat(materialize(encrypted)).isEmpty();
        assertThat(volumes.server.operations())
                .filteredOn("disks.insert"::equals)
                .hasSize(2);
        volumes.server.next("disks.insert", FakeGce.error(400, "kmsPermissionDenied"));
        ProviderException denied = catchThrowableOfType(
                ProviderException.class,
                () -> place.materialize(new VolumeRequest("other", NAME, encrypted, LABELS), CALL));
        assertThat(denied.kind()).isEqualTo(ErrorKind.DENIED);
        assertThat(denied).hasMessageContaining("service agent").hasMessageContaining("the use of the KMS key");
    }

    @Test
    @DisplayName(
            "A6 a zone without room, and a quota, are quota, told by the operation, and asked for anew after a minute")
    void waitsForRoom() {
        volumes.server.disks().failNext("ZONE_RESOURCE_POOL_EXHAUSTED_WITH_DETAILS", Duration.ofSeconds(5));
        assertThat(materialize(ZONE)).isEmpty();
        volumes.clock.advance(Duration.ofSeconds(5));
        assertThat(refused(ZONE).kind()).isEqualTo(ErrorKind.QUOTA);
        volumes.clock.advance(Duration.ofMinutes(1));
        assertThat(materialize(ZONE)).isEmpty();
        volumes.clock.advance(Duration.ofMinutes(1));
        assertThat(materialize(ZONE)).isPresent();
    }

    private FakeGceDisk left(String code) {
        volumes.server.disks().failNext(code, Duration.ofSeconds(5));
        assertThat(materialize(ZONE)).isEmpty();
        volumes.clock.advance(Duration.ofSeconds(5));
        FakeGceDisk left = volumes.server.disks().addDisk(NAME, NAME, LABELS);
        left.status("FAILED");
        return left;
    }

    @ParameterizedTest
    @CsvSource({"STOCKOUT, QUOTA", "QUOTA_EXCEEDED, QUOTA", "RESOURCE_OPERATION_RATE_EXCEEDED, THROTTLED"})
    @DisplayName("A6 a disk that a limit has left failed delays, and goes once that has passed, to be asked for anew")
    void waitsWhereALimitLeftOne(String code, ErrorKind kind) {
        FakeGceDisk left = left(code);
        ProviderException limit = refused(ZONE);
        assertThat(limit.kind()).isEqualTo(kind);
        assertThat(limit).hasMessageContaining(code);
        volumes.clock.advance(Duration.ofMinutes(10));
        assertThat(materialize(ZONE)).isEmpty();
        volumes.clock.advance(Duration.ofSeconds(10));
        assertThat(made()).as("as soon as the engine asks again it still goes").contains(left);
        assertThat(materialize(ZONE)).isEmpty();
        assertThat(volumes.server.operations()).containsOnlyOnce("disks.delete");
        volumes.clock.advance(Duration.ofMinutes(1));
        assertThat(made()).doesNotContain(left);
        assertThat(materialize(ZONE)).isEmpty();
        volumes.pass();
        assertThat(materialize(ZONE)).contains(made().get(0).path());
    }

    @ParameterizedTest
    @ValueSource(strings = {"INVALID_USAGE", "INTERNAL_ERROR"})
    @DisplayName("VOL-07 a disk that anything else has left failed is an invalid request, with the reason, and stays")
    void failsWhereItIsLeft(String code) {
        FakeGceDisk left = left(code);
        ProviderException failed = refused(ZONE);
        assertThat(failed.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
        assertThat(failed).hasMessageContaining(code).hasMessageContaining(left.path());
        assertThat(made()).containsExactly(left);
    }

    @Test
    @DisplayName(
            "VOL-07 a name that belongs to a disk of another snapshot, to nobody of ours, or to one that goes, is a conflict")
    void isAConflict() {
        place.request("parix-b2-1-0", volumes.other, LABELS, CALL);
        materialize(ZONE);
        volumes.pass();
        ProviderException other = catchThrowableOfType(
                ProviderException.class,
                () -> place.materialize(new VolumeRequest(NAME, "parix-b2-1-0", ZONE, LABELS), CALL));
        assertThat(other.kind()).isEqualTo(ErrorKind.CONFLICT);
        assertThat(delete()).isEqualTo(new DeleteOutcome.Deleted());
        assertThat(refused(ZONE)).hasMessageContaining("is being deleted");
        assertThat(refused(ZONE).kind()).isEqualTo(ErrorKind.CONFLICT);
        volumes.pass();
        volumes.server.disks().addDisk("zones/europe-west3-a", NAME);
        assertThat(refused(ZONE).kind()).isEqualTo(ErrorKind.CONFLICT);
        assertThat(refused(ZONE)).hasMessageContaining("not ours");
    }

    @Test
    @DisplayName("VOL-07 a lost answer is asked again and makes no second disk")
    void makesNoSecondOne() {
        volumes.server.next("disks.insert", FakeGce.lostAnswer());
        assertThat(refused(ZONE).kind()).isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
        assertThat(materialize(ZONE)).isEmpty();
        volumes.pass();
        assertThat(materialize(ZONE)).isPresent();
        assertThat(made()).hasSize(1);
    }

    @Test
    @DisplayName("VOL-11 a request that was lost on its way is not absent for two minutes")
    void doesNotTakeSilenceForAbsence() {
        volumes.server.next("disks.insert", (request, real) -> null);
        assertThat(refused(ZONE).kind()).isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
        assertThat(catchThrowableOfType(ProviderException.class, this::delete).kind())
                .isEqualTo(ErrorKind.THROTTLED);
        volumes.clock.advance(Unheard.SETTLING);
        assertThat(delete()).isEqualTo(new DeleteOutcome.Absent());
    }

    @Test
    @DisplayName(
            "VOL-11 a disk that is being made is kept by Compute Engine, and deleted once it can be; attached is in use")
    void deletes() {
        materialize(ZONE);
        assertThat(catchThrowableOfType(ProviderException.class, this::delete).kind())
                .isEqualTo(ErrorKind.UNAVAILABLE);
        volumes.pass();
        volumes.server.next("disks.delete", FakeGce.error(400, "resourceInUseByAnotherResource"));
        assertThat(delete()).isInstanceOf(DeleteOutcome.Failed.class);
        made().get(0).attach();
        assertThat(delete()).isInstanceOf(DeleteOutcome.Failed.class);
        made().get(0).detach();
        volumes.server.disks().lag(Duration.ofSeconds(5));
        assertThat(delete()).isEqualTo(new DeleteOutcome.Deleted());
        volumes.server.forget();
        assertThat(delete()).isEqualTo(new DeleteOutcome.Deleted());
        assertThat(volumes.server.operations()).doesNotContain("disks.delete");
        volumes.pass();
        assertThat(delete()).isEqualTo(new DeleteOutcome.Absent());
    }
}
