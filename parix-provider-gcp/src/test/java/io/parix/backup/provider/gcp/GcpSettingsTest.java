package io.parix.backup.provider.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.spi.ConfigurationMistake;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.StorageLocation;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GcpSettingsTest {
    private static final String KEY = "projects/ledger/locations/europe-west3/keyRings/backups/cryptoKeys/objects";

    private static GcpSettings read(String... more) {
        Map<String, String> settings = new HashMap<>(Map.of("bucket", "ledger-backups"));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return new GcpSettings(settings, Set.of());
    }

    private static List<String> wrong(GcpSettings settings) {
        return settings.mistakes().stream().map(ConfigurationMistake::key).toList();
    }

    @Test
    @DisplayName("SPI-02 a bucket is enough, and the rest has its defaults")
    void hasDefaults() {
        GcpConfig config = read().config();
        assertThat(config.bucket()).isEqualTo(new GcpConfig.Bucket("ledger-backups", null, null));
        assertThat(config.writing()).isEqualTo(new GcpConfig.Writing(null, null));
        assertThat(config.transport())
                .isEqualTo(new GcpConfig.Transport(Duration.ofSeconds(5), Duration.ofSeconds(30), 64));
        assertThat(config.volumes()).isNull();
        assertThat(read("snapshots", "none").config().volumes()).isNull();
        assertThat(read("snapshots", "compute", "compute-project", "ledger-prod")
                        .config()
                        .volumes())
                .isEqualTo(new GcpConfig.Volumes("ledger-prod", null, null));
    }

    @Test
    @DisplayName("SPI-02 every setting is read")
    void readsEverySetting() {
        GcpConfig config = read(
                        "endpoint", "https://storage.me-central2.rep.googleapis.com",
                        "user-project", "ledger-billing",
                        "storage-class", "ARCHIVE",
                        "kms-key", KEY,
                        "connect-timeout", "PT2S",
                        "stall-timeout", "PT1M",
                        "connections", "8",
                        "snapshots", "compute",
                        "compute-project", "ledger-prod",
                        "compute-endpoint", "https://compute-private.p.googleapis.com",
                        "snapshot-location", "eu")
                .config();
        assertThat(config.bucket())
                .isEqualTo(new GcpConfig.Bucket(
                        "ledger-backups",
                        URI.create("https://storage.me-central2.rep.googleapis.com"),
                        "ledger-billing"));
        assertThat(config.writing()).isEqualTo(new GcpConfig.Writing("ARCHIVE", KEY));
        assertThat(config.transport())
                .isEqualTo(new GcpConfig.Transport(Duration.ofSeconds(2), Duration.ofMinutes(1), 8));
        assertThat(config.volumes())
                .isEqualTo(new GcpConfig.Volumes(
                        "ledger-prod", URI.create("https://compute-private.p.googleapis.com"), "eu"));
    }

    @Test
    @DisplayName(
            "SPI-03 a project's number pays for requests, and is a mistake where disks are: they are told by its id")
    void takesNoNumberForDisks() {
        assertThat(wrong(read("user-project", "123456789012"))).isEmpty();
        assertThat(wrong(read("snapshots", "compute", "compute-project", "123456789012")))
                .containsExactly("compute-project");
        assertThat(wrong(read("snapshots", "compute", "compute-project", "example.com:ledger-prod")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "a_b-c", "backups.example.com", "0ledger", "a.b"})
    @DisplayName("SPI-02 names that Cloud Storage allows for buckets are taken")
    void takesBucketNames(String name) {
        assertThat(wrong(read("bucket", name))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "bucket, ab",
        "bucket, Upper",
        "bucket, 10.0.0.1",
        "bucket, a..b",
        "bucket, -ab",
        "bucket, ab-",
        "bucket, goog-ledger",
        "bucket, my-google-bucket",
        "bucket, gs://bucket",
        "endpoint, storage.example.com",
        "endpoint, ftp://storage.example.com",
        "endpoint, http://storage.example.com",
        "endpoint, https://user:word@storage.example.com",
        "endpoint, https://storage.example.com/path",
        "endpoint, https://storage.example.com?query",
        "endpoint, https://storage example",
        "user-project, Ledger",
        "user-project, ab",
        "storage-class, standard",
        "storage-class, GLACIER",
        "kms-key, objects",
        "kms-key, projects/p/locations/l/keyRings/r/cryptoKeys/k/cryptoKeyVersions/1",
        "connect-timeout, 10",
        "connect-timeout, PT0S",
        "stall-timeout, PT11M",
        "connections, 0",
        "connections, 1001",
        "connections, many",
        "snapshots, ebs",
        "snapshots, true",
        "compute-project, ledger-prod",
        "compute-endpoint, https://compute.googleapis.com",
        "snapshot-location, eu",
        "bucketname, misspelt",
        "region, europe-west3",
        "credentials, never"
    })
    @DisplayName("SPI-03 a wrong setting is told by its name")
    void tellsAWrongSetting(String key, String value) {
        GcpSettings settings = read(key, value);
        assertThat(wrong(settings)).containsExactly(key);
        assertThat(settings.mistakes().get(0).problem()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bucket",
                "endpoint",
                "user-project",
                "storage-class",
                "kms-key",
                "connect-timeout",
                "stall-timeout",
                "connections",
                "snapshots",
                "private-key"
            })
    @DisplayName("SPI-04 no message tells what a wrong setting holds")
    void tellsNoValues(String key) {
        assertThat(read(key, "S3cret*Value").mistakes())
                .hasSize(1)
                .allSatisfy(mistake -> assertThat(mistake.toString()).doesNotContain("S3cret"));
    }

    @Test
    @DisplayName(
            "SPI-03 a wrong project, endpoint or place of snapshots is told by its name, and a missing project, too")
    void tellsWrongSnapshots() {
        assertThat(wrong(read("snapshots", "compute"))).containsExactly("compute-project");
        assertThat(wrong(read(
                        "snapshots",
                        "compute",
                        "compute-project",
                        "Ledger",
                        "compute-endpoint",
                        "http://compute.example.com",
                        "snapshot-location",
                        "europe-west3-a")))
                .containsExactly("compute-project", "compute-endpoint", "snapshot-location");
        for (String where : List.of("europe-west3", "us-east4", "eu", "us", "asia", "northamerica-northeast1")) {
            assertThat(wrong(
                            read("snapshots", "compute", "compute-project", "ledger-prod", "snapshot-location", where)))
                    .isEmpty();
        }
    }

    @Test
    @DisplayName("SPI-03 all mistakes are told at once")
    void tellsAllMistakes() {
        Map<String, String> settings = Map.of(
                "endpoint", "http://storage.example.com", "storage-class", "x", "stall-timeout", "x", "colour", "blue");
        assertThat(wrong(new GcpSettings(settings, Set.of())))
                .containsExactlyInAnyOrder("bucket", "endpoint", "storage-class", "stall-timeout", "colour");
    }

    @Test
    @DisplayName("SPI-02 plain http is taken for this machine, by each of its names")
    void takesLoopback() {
        for (String host : List.of("127.0.0.1", "127.9.8.7", "localhost", "[::1]")) {
            assertThat(wrong(read("endpoint", "http://" + host + ":9000"))).isEmpty();
        }
        assertThat(wrong(read("endpoint", "http://127.0.0.1.example.com"))).containsExactly("endpoint");
    }

    @Test
    @DisplayName("SPI-03 defaults of the provider hold where a location says nothing, and cannot name a place")
    void hasDefaultsOfTheProcess() {
        StorageLocation location = new StorageLocation(
                "gcp", Map.of("bucket", "ledger-backups", "compute-project", "ledger-prod"), KeyPrefix.ROOT);
        GcpProvider provider = new GcpProvider();
        assertThat(provider.withDefaults(
                                Map.of("storage-class", "NEARLINE", "snapshots", "compute", "snapshot-location", "eu"))
                        .check(location))
                .isEmpty();
        assertThat(provider.withDefaults(
                                Map.of("snapshots", "compute", "storage-class", "GLACIER", "bucket", "other-bucket"))
                        .check(location))
                .extracting(ConfigurationMistake::key)
                .containsExactlyInAnyOrder("storage-class", "bucket");
    }

    @Test
    @DisplayName("H3 H11 project and endpoint of snapshots cannot be defaults: changed, all snapshots would look gone")
    void knowsWhereSnapshotsAreByTheLocation() {
        StorageLocation location = new StorageLocation("gcp", Map.of("bucket", "ledger-backups"), KeyPrefix.ROOT);
        Map<String, String> elsewhere = Map.of(
                "snapshots",
                "compute",
                "compute-project",
                "ledger-test",
                "compute-endpoint",
                "https://compute.example.com");
        assertThat(new GcpProvider().withDefaults(elsewhere).check(location))
                .extracting(ConfigurationMistake::key)
                .containsExactlyInAnyOrder("compute-project", "compute-endpoint");
    }
}
