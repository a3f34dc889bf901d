package io.parix.backup.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.provider.aws.AwsConfig.Encryption;
import io.parix.backup.spi.ConfigurationMistake;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.StorageLocation;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.regions.Region;

class AwsSettingsTest {
    private static AwsSettings read(String... more) {
        Map<String, String> settings = new HashMap<>(Map.of("bucket", "ledger-backups", "region", "eu-central-1"));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return new AwsSettings(settings, Set.of());
    }

    private static List<String> wrong(AwsSettings settings) {
        return settings.mistakes().stream().map(ConfigurationMistake::key).toList();
    }

    @Test
    @DisplayName("SPI-02 a bucket and a region are enough, and the rest has its defaults")
    void hasDefaults() {
        AwsConfig config = read().config();
        assertThat(config.bucket())
                .isEqualTo(new AwsConfig.Bucket("ledger-backups", "eu-central-1", null, false, null));
        assertThat(config.writing()).isEqualTo(new AwsConfig.Writing(null, Encryption.BUCKET, null, Map.of()));
        assertThat(config.transport())
                .isEqualTo(new AwsConfig.Transport(Duration.ofSeconds(5), Duration.ofSeconds(30), 64));
        assertThat(config.volumes()).isNull();
        assertThat(read("snapshots", "none").config().volumes()).isNull();
    }

    @Test
    @DisplayName("SPI-02 every setting is read")
    void readsEverySetting() {
        AwsConfig config = read(
                        "endpoint", "https://vpce-1.s3.eu-central-1.vpce.amazonaws.com",
                        "path-style", "true",
                        "expected-bucket-owner", "111122223333",
                        "storage-class", "GLACIER_IR",
                        "encryption", "sse-kms",
                        "kms-key", "arn:aws:kms:eu-central-1:111122223333:key/1234",
                        "tag.team", "ledger",
                        "tag.cost centre", "a+b=c",
                        "connect-timeout", "PT2S",
                        "stall-timeout", "PT1M",
                        "connections", "8",
                        "snapshots", "ebs",
                        "ec2-region", "eu-west-1",
                        "ec2-endpoint", "https://vpce-1.ec2.eu-west-1.vpce.amazonaws.com")
                .config();
        assertThat(config.bucket())
                .isEqualTo(new AwsConfig.Bucket(
                        "ledger-backups",
                        "eu-central-1",
                        URI.create("https://vpce-1.s3.eu-central-1.vpce.amazonaws.com"),
                        true,
                        "111122223333"));
        assertThat(config.writing())
                .isEqualTo(new AwsConfig.Writing(
                        "GLACIER_IR",
                        Encryption.SSE_KMS,
                        "arn:aws:kms:eu-central-1:111122223333:key/1234",
                        Map.of("team", "ledger", "cost centre", "a+b=c")));
        assertThat(config.transport())
                .isEqualTo(new AwsConfig.Transport(Duration.ofSeconds(2), Duration.ofMinutes(1), 8));
        assertThat(config.volumes())
                .isEqualTo(new AwsConfig.Volumes(
                        "eu-west-1", URI.create("https://vpce-1.ec2.eu-west-1.vpce.amazonaws.com")));
        assertThat(read("snapshots", "ebs").config().volumes()).isEqualTo(new AwsConfig.Volumes("eu-central-1", null));
    }

    @ParameterizedTest
    @CsvSource({
        "bucket, ab",
        "bucket, Upper",
        "bucket, 10.0.0.1",
        "bucket, a..b",
        "bucket, fast--euc1-az1--x-s3",
        "bucket, arn:aws:s3:::bucket",
        "region, Frankfurt",
        "region, eu-central",
        "endpoint, s3.example.com",
        "endpoint, ftp://s3.example.com",
        "endpoint, http://s3.example.com",
        "endpoint, https://user:word@s3.example.com",
        "endpoint, https://s3.example.com/path",
        "endpoint, https://s3.example.com?query",
        "endpoint, https://s3 example",
        "path-style, yes",
        "expected-bucket-owner, 1234",
        "storage-class, GLACIER",
        "storage-class, standard",
        "encryption, aes",
        "kms-key, alias/ledger",
        "tag., empty name",
        "tag.aws:mine, reserved",
        "tag.team, a*b",
        "connect-timeout, 10",
        "connect-timeout, PT0S",
        "stall-timeout, PT11M",
        "connections, 0",
        "connections, 1001",
        "connections, many",
        "snapshots, true",
        "ec2-region, eu-west-1",
        "ec2-endpoint, https://ec2.example.com",
        "bucketname, misspelt",
        "access-key, never"
    })
    @DisplayName("SPI-03 a wrong setting is told by its name")
    void tellsAWrongSetting(String key, String value) {
        AwsSettings settings = read(key, value);
        assertThat(wrong(settings)).containsExactly(key);
        assertThat(settings.mistakes().get(0).problem()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bucket",
                "region",
                "endpoint",
                "path-style",
                "expected-bucket-owner",
                "storage-class",
                "encryption",
                "kms-key",
                "tag.team",
                "connect-timeout",
                "stall-timeout",
                "connections",
                "secret-access-key"
            })
    @DisplayName("SPI-04 what a wrong setting holds is not told")
    void keepsWhatItHolds(String key) {
        AwsSettings settings = read(key, "hunter2*\thunter2");
        assertThat(wrong(settings)).contains(key);
        assertThat(settings.mistakes().toString()).doesNotContain("hunter2");
    }

    @Test
    @DisplayName("SPI-02 each region that the SDK knows is taken, those of other partitions too")
    void takesEveryRegion() {
        List<String> known = Region.regions().stream()
                .filter(each -> !each.isGlobalRegion())
                .map(Region::id)
                .toList();
        assertThat(known).hasSizeGreaterThan(30).contains("eu-central-1", "us-gov-west-1", "eusc-de-east-1");
        assertThat(known)
                .allSatisfy(each -> assertThat(wrong(read("region", each))).isEmpty());
    }

    @Test
    @DisplayName("SPI-03 a wrong region or endpoint of EC2 is told by its name")
    void tellsAWrongEc2() {
        assertThat(wrong(read("snapshots", "ebs", "ec2-region", "Ireland", "ec2-endpoint", "http://ec2.example.com")))
                .containsExactly("ec2-region", "ec2-endpoint");
    }

    @Test
    @DisplayName("SPI-03 all mistakes are told at once, and each once")
    void tellsAllAtOnce() {
        AwsSettings settings = new AwsSettings(
                Map.of("endpoint", "x", "path-style", "x", "stall-timeout", "x", "colour", "blue"), Set.of());
        assertThat(wrong(settings))
                .containsExactlyInAnyOrder("bucket", "region", "endpoint", "path-style", "stall-timeout", "colour");
    }

    @Test
    @DisplayName("SPI-03 ten tags are taken, and eleven are a mistake")
    void limitsTags() {
        assertThat(wrong(read(tags(10)))).isEmpty();
        assertThat(wrong(read(tags(11)))).containsExactly("tag.*");
    }

    private static String[] tags(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "tag.name" + i + ",value")
                .collect(Collectors.joining(","))
                .split(",");
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
                "aws", Map.of("bucket", "ledger-backups", "region", "eu-central-1"), KeyPrefix.ROOT);
        AwsProvider provider = new AwsProvider();
        assertThat(provider.withDefaults(Map.of("storage-class", "STANDARD_IA", "snapshots", "ebs"))
                        .check(location))
                .isEmpty();
        assertThat(provider.withDefaults(Map.of("storage-class", "GLACIER", "bucket", "other-bucket"))
                        .check(location))
                .extracting(ConfigurationMistake::key)
                .containsExactlyInAnyOrder("storage-class", "bucket");
    }

    @Test
    @DisplayName("H3 H11 the region and the endpoint of EC2 cannot be defaults: changed, all snapshots would look gone")
    void knowsWhereSnapshotsAreByTheLocation() {
        StorageLocation location = new StorageLocation(
                "aws", Map.of("bucket", "ledger-backups", "region", "eu-central-1"), KeyPrefix.ROOT);
        Map<String, String> elsewhere =
                Map.of("snapshots", "ebs", "ec2-region", "eu-west-1", "ec2-endpoint", "https://ec2.example.com");
        assertThat(new AwsProvider().withDefaults(elsewhere).check(location))
                .extracting(ConfigurationMistake::key)
                .containsExactlyInAnyOrder("ec2-region", "ec2-endpoint");
        StorageLocation named = new StorageLocation(
                "aws",
                Map.of("bucket", "ledger-backups", "region", "eu-central-1", "ec2-region", "eu-west-1"),
                KeyPrefix.ROOT);
        assertThat(new AwsProvider().withDefaults(Map.of("snapshots", "ebs")).check(named))
                .isEmpty();
        assertThat(named.identity()).isNotEqualTo(location.identity());
    }
}
