package io.parix.backup.provider.gcp;

import static io.parix.backup.doctor.Finding.Outcome.FAILED;
import static io.parix.backup.doctor.Finding.Outcome.NOT_APPLICABLE;
import static io.parix.backup.doctor.Finding.Outcome.UNDETERMINED;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.doctor.Diagnosis;
import io.parix.backup.doctor.Finding;
import io.parix.backup.doctor.Leftover;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.servers.gcs.FakeBucket;
import io.parix.backup.servers.gcs.FakeGcs;
import io.parix.backup.spi.BackupProvider;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.StorageLocation;
import io.parix.backup.testkit.catalog.InMemoryCatalog;
import io.parix.backup.testkit.host.InMemoryHost;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The doctor on buckets. */
class GcpDoctorTest {
    private final FakePlace place = new FakePlace();
    private final FakeBucket bucket = place.server().bucket(FakePlace.BUCKET);

    @AfterEach
    void close() {
        place.close();
    }

    private Diagnosis examine() {
        return examine(place.provider(), place.location(), place.server()::now);
    }

    private static Diagnosis examine(BackupProvider provider, StorageLocation bucket, InstantSource clock) {
        StorageLocation location = new StorageLocation(bucket.provider(), bucket.settings(), new KeyPrefix("parix"));
        InMemoryHost host = new InMemoryHost(clock);
        try (ParixBackup parix = ParixBackup.builder()
                .catalog(new InMemoryCatalog(clock))
                .directory(host)
                .images(host)
                .restoreHost(host)
                .provider(provider)
                .storage(location)
                .build()) {
            return parix.doctor().examine(location, Duration.ofMinutes(5));
        }
    }

    private static Set<String> ids(Diagnosis diagnosis, Finding.Outcome outcome) {
        return diagnosis.with(outcome).stream().map(Finding::requirement).collect(Collectors.toSet());
    }

    private static Finding finding(Diagnosis diagnosis, String id) {
        return diagnosis.findings().stream()
                .filter(each -> each.requirement().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @DisplayName("J3 a bucket passes, with versions and without, and no version is left in it")
    void passesABucket() {
        assertHealthy(examine());
        bucket.keepVersions();
        assertHealthy(examine());
        assertThat(bucket.size()).isZero();
    }

    private static void assertHealthy(Diagnosis found) {
        assertThat(found.healthy()).as(String.valueOf(found.findings())).isTrue();
        assertThat(ids(found, NOT_APPLICABLE)).containsExactlyInAnyOrder("VOL-05", "VOL-06", "VOL-10", "VOL-12");
        assertThat(found.leftovers()).isEmpty();
    }

    @Test
    @DisplayName(
            "J3 H10 a bucket that retains what is written passes: what is left is named until when, and later removed")
    void worksOnALockedBucket() {
        bucket.retainEach(Duration.ofDays(30));
        Diagnosis found = examine();
        assertThat(found.healthy()).as(String.valueOf(found.findings())).isTrue();
        assertThat(finding(found, "PLC-08").found()).contains("locked until");
        assertThat(found.leftovers()).isNotEmpty().hasSize(bucket.size());
        assertThat(found.leftovers())
                .allSatisfy(each -> assertThat(each.lockedUntil()).isPresent());

        place.server().advance(Duration.ofDays(31));
        Diagnosis later = examine();
        assertThat(later.removed())
                .containsExactlyElementsOf(
                        found.leftovers().stream().map(Leftover::key).toList());
        assertThat(later.healthy()).as(String.valueOf(later.findings())).isTrue();
    }

    @Test
    @DisplayName("J3 each permission that a role lacks is told by its own requirement, with its name")
    void tellsPermissionsApart() {
        Map<String, List<String>> requirements = Map.of(
                "storage.objects.create", List.of("PLC-02"), "storage.objects.delete", List.of("PLC-06", "PLC-10"));
        requirements.forEach((permission, ids) -> {
            place.server().forbid(Set.of(permission));
            Diagnosis found = examine();
            assertThat(ids(found, FAILED)).as(permission).containsExactlyInAnyOrderElementsOf(ids);
            assertThat(finding(found, ids.get(0)).found()).contains(permission);
        });
        place.server().forbid(Set.of("storage.objects.get"));
        assertThat(ids(examine(), FAILED)).containsExactlyInAnyOrder("PLC-03", "PLC-04");
        // Deleting begins with a listing, too.
        place.server().forbid(Set.of("storage.objects.list"));
        assertThat(ids(examine(), FAILED)).contains("PLC-05").isSubsetOf("PLC-05", "PLC-06", "PLC-10");
    }

    @Test
    @DisplayName("J3 a bucket that is not there makes everything undetermined, and a wrong clock is told")
    void tellsWhatIsNotThere() {
        StorageLocation nowhere =
                FakePlace.location("no-such-bucket", place.server().uri(), Map.of());
        Diagnosis found = examine(place.provider(), nowhere, place.server()::now);
        assertThat(ids(found, FAILED)).isEmpty();
        assertThat(finding(found, "PLC-02").error().orElseThrow().providerKind())
                .hasValue(ErrorKind.UNAVAILABLE);
        Diagnosis skewed = examine(
                place.provider(), place.location(), () -> place.server().now().plus(Duration.ofHours(1)));
        assertThat(ids(skewed, FAILED)).containsExactly("PLC-07");
        assertThat(List.of(skewed.leftovers(), found.removed())).allMatch(List::isEmpty);
    }

    @Test
    @DisplayName(
            "J3 a server that does not heed the condition of a write is found out, by taken keys and by racing writers")
    void tellsAnIgnoredCondition() {
        place.server().departs(FakeGcs.Departure.CONDITIONS_IGNORED);
        assertThat(ids(examine(), FAILED)).contains("SPI-21", "SPI-10", "SPI-22");
    }

    @Test
    @DisplayName(
            "J3 a server that compares no checksum passes: what is wrong with content is found before it is sent whole")
    void comparesItself() {
        place.server().departs(FakeGcs.Departure.CHECKSUMS_IGNORED);
        assertHealthy(examine());
        assertThat(bucket.size()).isZero();
    }

    @Test
    @DisplayName("J3 a server whose listings leave something out is found out")
    void tellsAShortListing() {
        place.server().departs(FakeGcs.Departure.LISTINGS_SHORT);
        Diagnosis found = examine();
        assertThat(found.healthy()).isFalse();
        assertThat(ids(found, FAILED)).contains("SPI-51");
    }

    @Test
    @DisplayName(
            "J3 where snapshots of volumes are claimed Compute Engine is asked and nothing changed, and a missing permission is told")
    void looksAtVolumes() {
        try (FakeVolumes volumes = new FakeVolumes()) {
            InstantSource clock = volumes.objects()::now;
            Diagnosis found = examine(volumes.provider(), volumes.location(), clock);
            assertThat(found.healthy()).as(String.valueOf(found.findings())).isTrue();
            assertThat(ids(found, NOT_APPLICABLE)).containsExactly("VOL-10");
            assertThat(volumes.server.operations())
                    .isNotEmpty()
                    .allSatisfy(operation -> assertThat(operation).matches(".*\\.(get|list|aggregatedList)"));

            volumes.server.forbid(Set.of("compute.disks.list"));
            Diagnosis denied = examine(volumes.provider(), volumes.location(), clock);
            assertThat(ids(denied, FAILED)).isEmpty();
            assertThat(ids(denied, UNDETERMINED)).containsExactly("VOL-12");
            assertThat(finding(denied, "VOL-12").found()).contains("compute.disks.list");
        }
    }
}
