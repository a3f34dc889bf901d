package io.parix.backup.provider.aws;

import static io.parix.backup.doctor.Finding.Outcome.FAILED;
import static io.parix.backup.doctor.Finding.Outcome.NOT_APPLICABLE;
import static io.parix.backup.doctor.Finding.Outcome.UNDETERMINED;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.doctor.Diagnosis;
import io.parix.backup.doctor.Finding;
import io.parix.backup.doctor.Leftover;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.provider.aws.server.FakeBucket;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The doctor on buckets. */
class AwsDoctorTest {
    private final FakePlace place = new FakePlace();
    private final FakeBucket bucket = place.server().bucket(FakePlace.BUCKET);

    @AfterEach
    void close() {
        place.close();
    }

    private Diagnosis examine() {
        return examine(FakePlace.provider(), place.location(), place.server()::now);
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
        int requests = place.server().requests().size();
        assertThat(requests).isBetween(1_090, 1_250);
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
    @DisplayName("J3 s3proxy, which answers 500 for a key below an object, is told by SPI-29 and by nothing else")
    void tellsWhereS3ProxyDeparts() {
        String name = SharedS3Proxy.newBucket();
        Diagnosis found = examine(SharedS3Proxy.provider(), SharedS3Proxy.location(name), InstantSource.system());
        assertThat(ids(found, FAILED)).as(String.valueOf(found.findings())).containsExactly("SPI-29");
        assertThat(finding(found, "SPI-29").found()).contains(ErrorKind.OUTCOME_UNKNOWN.code());
        assertThat(ids(found, UNDETERMINED)).isEmpty();
        assertThat(found.leftovers()).isEmpty();
        assertThat(SharedS3Proxy.admin()
                        .listObjectsV2(request -> request.bucket(name))
                        .contents())
                .isEmpty();
    }

    @Test
    @DisplayName(
            "J3 H10 a bucket that locks what is written passes: what is left is named until when, and later removed")
    void worksOnALockedBucket() {
        bucket.lockEach(Duration.ofDays(30));
        Diagnosis found = examine();
        assertThat(found.healthy()).as(String.valueOf(found.findings())).isTrue();
        assertThat(finding(found, "PLC-08").found()).contains("locked until");
        assertThat(ids(found, NOT_APPLICABLE))
                .containsExactlyInAnyOrder(
                        "PLC-06", "PLC-10", "SPI-60", "SPI-61", "SPI-62", "SPI-63", "VOL-05", "VOL-06", "VOL-10",
                        "VOL-12");
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
    @DisplayName("J3 H10 a lock that may not be read is told by PLC-08")
    void tellsAnUnreadableLock() {
        bucket.lockEach(Duration.ofDays(30));
        place.server().forbid(Set.of("s3:GetObjectRetention"));
        Diagnosis found = examine();
        assertThat(ids(found, FAILED)).containsExactlyInAnyOrder("PLC-08", "PLC-10");
    }

    @ParameterizedTest
    @CsvSource({"CONDITION, SPI-21", "CONDITION, SPI-22", "CHECKSUM, SPI-23", "SHORT, SPI-51"})
    @DisplayName("J3 a server that looks like S3 and gets something wrong is told, by the requirement that it breaks")
    void tellsAWrongServer(FakeBucket.Wrong wrong, String requirement) {
        bucket.getWrong(wrong);
        Diagnosis found = examine();
        assertThat(found.healthy()).isFalse();
        assertThat(ids(found, FAILED)).as(String.valueOf(found.findings())).contains(requirement);
    }

    @Test
    @DisplayName("J3 SPI-50 a server whose listings have no order is not healthy: none of them is believed")
    void tellsAnUnsortedServer() {
        bucket.getWrong(FakeBucket.Wrong.UNSORTED);
        Diagnosis found = examine();
        assertThat(found.healthy()).isFalse();
        assertThat(ids(found, UNDETERMINED))
                .as(String.valueOf(found.findings()))
                .contains("SPI-50", "SPI-51");
        assertThat(finding(found, "SPI-50").found()).contains("is not where it belongs");
    }

    @Test
    @DisplayName("J3 each permission that a role lacks is told by its own requirement, with the action's name")
    void tellsPermissionsApart() {
        Map<String, List<String>> requirements =
                Map.of("s3:PutObject", List.of("PLC-02"), "s3:DeleteObjectVersion", List.of("PLC-06", "PLC-10"));
        requirements.forEach((action, ids) -> {
            place.server().forbid(Set.of(action));
            Diagnosis found = examine();
            assertThat(ids(found, FAILED)).as(action).containsExactlyInAnyOrderElementsOf(ids);
            assertThat(finding(found, ids.get(0)).found()).contains(action);
        });
        place.server().forbid(Set.of("s3:GetObject"));
        assertThat(ids(examine(), FAILED)).containsExactlyInAnyOrder("PLC-03", "PLC-04");
        place.server().forbid(Set.of("s3:ListBucket"));
        assertThat(ids(examine(), FAILED)).containsExactly("PLC-05");
    }

    @Test
    @DisplayName("J3 a bucket that is not there makes everything undetermined, and a wrong clock is told")
    void tellsWhatIsNotThere() {
        StorageLocation nowhere =
                FakePlace.location("no-such-bucket", place.server().uri(), Map.of());
        Diagnosis found = examine(FakePlace.provider(), nowhere, place.server()::now);
        assertThat(ids(found, FAILED)).isEmpty();
        assertThat(finding(found, "PLC-02").error().orElseThrow().providerKind())
                .hasValue(ErrorKind.UNAVAILABLE);
        Diagnosis skewed = examine(
                FakePlace.provider(),
                place.location(),
                () -> place.server().now().plus(Duration.ofHours(1)));
        assertThat(ids(skewed, FAILED)).containsExactly("PLC-07");
        assertThat(List.of(skewed.leftovers(), found.removed())).allMatch(List::isEmpty);
    }

    @Test
    @DisplayName(
            "J3 where snapshots of volumes are claimed EC2 is asked and nothing changed, and a missing permission is told")
    void looksAtVolumes() {
        try (FakeVolumes volumes = new FakeVolumes()) {
            InstantSource clock = volumes.objects()::now;
            Diagnosis found = examine(volumes.provider(), volumes.location(), clock);
            assertThat(found.healthy()).as(String.valueOf(found.findings())).isTrue();
            assertThat(ids(found, NOT_APPLICABLE)).containsExactly("VOL-10");
            assertThat(volumes.server.actions())
                    .isNotEmpty()
                    .allSatisfy(action -> assertThat(action).startsWith("Describe"));

            volumes.server.forbid(Set.of("ec2:DescribeVolumes"));
            Diagnosis denied = examine(volumes.provider(), volumes.location(), clock);
            assertThat(ids(denied, FAILED)).isEmpty();
            assertThat(ids(denied, UNDETERMINED)).containsExactly("VOL-12");
            assertThat(finding(denied, "VOL-12").found()).contains("ec2:DescribeVolumes");
        }
    }
}
