package io.parix.backup.provider.aws;

import static io.parix.backup.provider.aws.FakePlace.CALL;
import static io.parix.backup.provider.aws.FakePlace.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parix.backup.provider.aws.server.FakeAnswer;
import io.parix.backup.provider.aws.server.FakeEc2;
import io.parix.backup.spi.ConfigurationMistake;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.ProviderSession;
import io.parix.backup.spi.StorageLocation;
import io.parix.backup.spi.VolumeSnapshots;
import io.parix.backup.spi.VolumeSnapshots.State;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Where clients come from. */
class AwsClientsTest {
    private final FakePlace place = new FakePlace();

    @AfterEach
    void close() {
        place.close();
    }

    private S3Client client(Region region, URI endpoint) {
        return S3Client.builder()
                .region(region)
                .endpointOverride(endpoint)
                .forcePathStyle(true)
                .credentialsProvider(FakePlace.credentials())
                .httpClientBuilder(Apache5HttpClient.builder())
                .build();
    }

    @Test
    @DisplayName("opening a place asks nothing of it")
    void connectsLate() {
        place.session(place.location());
        assertThat(place.server().requests()).isEmpty();
        // Neither is anybody there, nor are there credentials.
        new AwsProvider()
                .open(FakePlace.location("nowhere-at-all", URI.create("http://127.0.0.1:9"), Map.of()))
                .close();
    }

    @Test
    @DisplayName("a client of the host is used without its retries, and stays open")
    void usesTheHostsClient() {
        try (S3Client client = client(Region.EU_CENTRAL_1, place.server().uri())) {
            ProviderSession session = AwsProvider.using(client).open(place.location());
            FakePlace.put(session.objects(), "a", new byte[10]);
            assertThat(place.server().requests().get(0).headers().get("user-agent"))
                    .endsWith("parix-backup");
            place.server().next("GetObject", (request, real) -> FakeAnswer.error(503, "SlowDown"));
            assertThat(catchThrowableOfType(
                                    ProviderException.class,
                                    () -> session.objects().get(key("a"), null, CALL))
                            .kind())
                    .isEqualTo(ErrorKind.THROTTLED);
            assertThat(place.server().operations()).containsExactly("PutObject", "GetObject");
            session.close();
            assertThat(client.headBucket(request -> request.bucket(FakePlace.BUCKET)))
                    .isNotNull();
        }
    }

    @Test
    @DisplayName("snapshots use the credentials of the host's client, once a request, and opening asks nothing of EC2")
    void asksEc2AsTheHost() {
        try (FakeVolumes volumes = new FakeVolumes();
                S3Client client = client(Region.EU_CENTRAL_1, volumes.objects().uri())) {
            ProviderSession session = AwsProvider.using(client).open(volumes.location());
            VolumeSnapshots snapshots = session.snapshots().orElseThrow();
            assertThat(volumes.server.requests()).isEmpty();
            volumes.server.next("DescribeSnapshots", FakeEc2.error(503, "RequestLimitExceeded"));
            assertThat(catchThrowableOfType(ProviderException.class, () -> snapshots.describe("a", FakeVolumes.CALL))
                            .kind())
                    .isEqualTo(ErrorKind.THROTTLED);
            assertThat(snapshots.describe("a", FakeVolumes.CALL).state()).isEqualTo(State.GONE);
            assertThat(volumes.server.actions()).hasSize(2);
            assertThat(volumes.server.requests().get(0).headers().get("user-agent"))
                    .endsWith("parix-backup");
            session.close();
        }
    }

    @Test
    @DisplayName("a client of the host for another region or endpoint is refused")
    void refusesAClientOfAnotherPlace() {
        try (S3Client elsewhere = client(Region.US_EAST_1, place.server().uri());
                S3Client another = client(Region.EU_CENTRAL_1, URI.create("http://127.0.0.1:9"))) {
            for (S3Client each : new S3Client[] {elsewhere, another}) {
                assertThat(catchThrowableOfType(
                                        ProviderException.class,
                                        () -> AwsProvider.using(each).open(place.location()))
                                .kind())
                        .isEqualTo(ErrorKind.INVALID_REQUEST);
            }
        }
    }

    @Test
    @DisplayName("SPI-02 SPI-03 a check tells each setting that the host's client does not serve, and so does opening")
    void tellsWhatAClientDoesNotServe() {
        StorageLocation wrong = FakePlace.location(FakePlace.BUCKET, URI.create("https://s3.example.com"), Map.of());
        StorageLocation missing =
                new StorageLocation(AwsProvider.ID, Map.of("bucket", FakePlace.BUCKET), KeyPrefix.ROOT);
        try (S3Client elsewhere = client(Region.US_EAST_1, place.server().uri());
                S3Client right = client(Region.EU_CENTRAL_1, place.server().uri())) {
            AwsProvider provider = AwsProvider.using(elsewhere);
            assertThat(provider.check(wrong))
                    .extracting(ConfigurationMistake::key)
                    .containsExactlyInAnyOrder("region", "endpoint");
            assertThat(provider.check(missing))
                    .extracting(ConfigurationMistake::toString)
                    .singleElement()
                    .satisfies(mistake -> assertThat(mistake).contains("is missing"));
            assertThat(catchThrowableOfType(ProviderException.class, () -> provider.open(wrong)))
                    .hasMessageContaining("region")
                    .hasMessageContaining("endpoint")
                    .hasMessageNotContaining("s3.example.com");
            assertThat(AwsProvider.using(right).check(place.location())).isEmpty();
            assertThat(new AwsProvider().check(wrong)).isEmpty();
        }
    }

    @Test
    @DisplayName("a location that names no endpoint leaves the way to the host's client, whose endpoint may change")
    void leavesTheEndpointToTheHostsClient() {
        Map<String, String> settings = new HashMap<>(place.location().settings());
        settings.remove("endpoint");
        StorageLocation unnamed =
                new StorageLocation(AwsProvider.ID, settings, place.location().prefix());
        try (S3Client client = client(Region.EU_CENTRAL_1, place.server().uri());
                ProviderSession session = AwsProvider.using(client).open(unnamed)) {
            FakePlace.put(session.objects(), "a", new byte[10]);
            assertThat(place.server().operations()).containsExactly("PutObject");
        }
    }

    @Test
    @DisplayName("J5 a call whose answer does not come ends at its deadline, and one that runs ends with the session")
    void endsAtTheDeadline() {
        ProviderSession session = place.session(place.location());
        place.server().next("ListObjectsV2", (request, real) -> waitForever());
        assertThat(catchThrowableOfType(
                                ProviderException.class,
                                () -> session.objects()
                                        .list(
                                                KeyPrefix.ROOT,
                                                null,
                                                FakePlace.call(CALL.purpose(), Duration.ofMillis(300))))
                        .kind())
                .isEqualTo(ErrorKind.CANCELLED);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        place.server().next("ListObjectsV2", (request, real) -> {
            session.close();
            return null;
        });
        assertThat(catchThrowableOfType(
                                ProviderException.class, () -> session.objects().list(KeyPrefix.ROOT, null, CALL))
                        .kind())
                .as("whatever the SDK says of a call whose client is closed under it")
                .isEqualTo(ErrorKind.CANCELLED);
    }

    @Test
    @DisplayName("SPI-07 a call whose session is closed under it is cancelled, whatever was answered meanwhile")
    void isCancelledWithItsSession() {
        FakeAnswer strange = FakeAnswer.of(
                200, Map.of("Content-Type", "application/xml"), "<Strange/>".getBytes(StandardCharsets.UTF_8));
        // A client of the host stays open, so the answer arrives whole.
        try (S3Client client = client(Region.EU_CENTRAL_1, place.server().uri())) {
            Map<String, Consumer<ObjectStore>> calls = Map.of(
                    "ListObjectsV2", store -> store.list(KeyPrefix.ROOT, null, CALL),
                    "ListObjectVersions", store -> store.delete(List.of(key("a")), CALL),
                    "HeadObject", store -> store.stat(key("a"), CALL));
            calls.forEach((operation, call) -> {
                ProviderSession session = AwsProvider.using(client).open(place.location());
                ObjectStore store = session.objects();
                place.server().next(operation, (request, real) -> strange);
                assertThat(catchThrowableOfType(ProviderException.class, () -> call.accept(store))
                                .kind())
                        .as(operation)
                        .isEqualTo(ErrorKind.UNAVAILABLE);
                place.server().next(operation, (request, real) -> {
                    session.close();
                    return strange;
                });
                assertThat(catchThrowableOfType(ProviderException.class, () -> call.accept(store))
                                .kind())
                        .as(operation)
                        .isEqualTo(ErrorKind.CANCELLED);
            });
        }
    }

    /** Until the server is closed, which interrupts. */
    private static FakeAnswer waitForever() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return FakeAnswer.error(500, "InternalError");
    }
}
