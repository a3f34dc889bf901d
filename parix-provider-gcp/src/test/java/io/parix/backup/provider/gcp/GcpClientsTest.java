package io.parix.backup.provider.gcp;

import static io.parix.backup.provider.gcp.FakePlace.CALL;
import static io.parix.backup.provider.gcp.FakePlace.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.cloud.NoCredentials;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import io.parix.backup.servers.gcs.FakeAnswer;
import io.parix.backup.spi.BackupProvider;
import io.parix.backup.spi.ByteRange;
import io.parix.backup.spi.ConfigurationMistake;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.ProviderSession;
import io.parix.backup.spi.StorageLocation;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where clients come from. */
class GcpClientsTest {
    private final FakePlace place = new FakePlace();

    @AfterEach
    void close() {
        place.close();
    }

    private static Storage client(URI endpoint) {
        return StorageOptions.http()
                .setHost(endpoint.toString())
                .setProjectId("ledger")
                .setCredentials(FakePlace.credentials())
                .build()
                .getService();
    }

    @Test
    @DisplayName("SPI-01 the provider is found by its id")
    void isFound() {
        assertThat(ServiceLoader.load(BackupProvider.class))
                .filteredOn(each -> each.id().equals("gcp"))
                .hasExactlyElementsOfTypes(GcpProvider.class);
    }

    @Test
    @DisplayName("opening a place asks nothing of it, nor of anybody for credentials")
    void connectsLate() {
        ProviderSession session = place.session(place.location());
        assertThat(session.snapshots()).isEmpty();
        assertThat(place.server().requests()).isEmpty();
        // Neither is anybody there, nor are there credentials.
        new GcpProvider()
                .open(FakePlace.location("nowhere-at-all", URI.create("http://127.0.0.1:9"), Map.of()))
                .close();
    }

    @Test
    @DisplayName("a client of the host is used without its retries, and stays open")
    void usesTheHostsClient() throws Exception {
        Storage client = client(place.server().uri());
        ProviderSession session = GcpProvider.using(client).open(place.location());
        FakePlace.put(session.objects(), "a", new byte[10]);
        assertThat(place.server().requests().get(0).headers().get("user-agent")).endsWith("parix-backup");
        place.server().next("objects.get media", (request, real) -> FakeAnswer.error(503, "backendError"));
        assertThat(catchThrowableOfType(
                                ProviderException.class, () -> session.objects().get(key("a"), null, CALL))
                        .kind())
                .isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(place.server().operations()).containsExactly("objects.insert", "objects.get media");
        session.close();
        assertThat(client.get(FakePlace.BUCKET, "a").getSize()).isEqualTo(10);
        client.close();
    }

    @Test
    @DisplayName("a place that names no endpoint is reached by the address of the host's client")
    void goesWhereTheHostsClientGoes() throws Exception {
        Storage client = client(place.server().uri());
        StorageLocation nowhereSaid =
                new StorageLocation(GcpProvider.ID, Map.of("bucket", FakePlace.BUCKET), KeyPrefix.ROOT);
        try (ProviderSession session = GcpProvider.using(client).open(nowhereSaid)) {
            FakePlace.put(session.objects(), "a", new byte[10]);
        }
        assertThat(place.server().operations()).containsExactly("objects.insert");
        client.close();
    }

    @Test
    @DisplayName("I4 a client of the host that would send backups in the clear to another machine is refused")
    void refusesAClientInTheClear() throws Exception {
        StorageLocation nowhereSaid =
                new StorageLocation(GcpProvider.ID, Map.of("bucket", FakePlace.BUCKET), KeyPrefix.ROOT);
        Storage clear = client(URI.create("http://storage.example.com"));
        ProviderException refused = catchThrowableOfType(
                ProviderException.class, () -> GcpProvider.using(clear).open(nowhereSaid));
        assertThat(refused.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
        assertThat(refused).hasMessageContaining("in the clear");
        assertThat(GcpProvider.using(clear).check(nowhereSaid)).hasSize(1);
        clear.close();
    }

    @Test
    @DisplayName("a client of the host for another address than the location's is refused")
    void refusesAClientOfAnotherPlace() throws Exception {
        Storage another = client(URI.create("http://127.0.0.1:9"));
        Storage google = StorageOptions.http()
                .setProjectId("ledger")
                .setCredentials(FakePlace.credentials())
                .build()
                .getService();
        for (Storage each : List.of(another, google)) {
            assertThat(GcpProvider.using(each).check(place.location()))
                    .as("SPI-02 what is not opened is told when it is checked")
                    .extracting(ConfigurationMistake::key)
                    .containsExactly("endpoint");
            assertThat(catchThrowableOfType(
                                    ProviderException.class,
                                    () -> GcpProvider.using(each).open(place.location()))
                            .kind())
                    .isEqualTo(ErrorKind.INVALID_REQUEST);
            each.close();
        }
    }

    @Test
    @DisplayName("J5 a call whose answer does not come ends at its deadline, and one that runs ends with the session")
    void endsAtTheDeadline() {
        ProviderSession session = place.session(place.location());
        place.server().next("objects.list", (request, real) -> waitForever());
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
        place.server().next("objects.list", (request, real) -> {
            session.close();
            return null;
        });
        assertThat(catchThrowableOfType(
                                ProviderException.class, () -> session.objects().list(KeyPrefix.ROOT, null, CALL))
                        .kind())
                .isEqualTo(ErrorKind.CANCELLED);
    }

    @Test
    @DisplayName("J5 a batch whose answer does not come ends at its call's deadline, too, as an unknown outcome")
    void endsABatchAtTheDeadline() {
        ProviderSession session = place.session(place.location());
        FakePlace.put(session.objects(), "a", new byte[10]);
        place.server().next("batch", (request, real) -> waitForever());
        assertThat(catchThrowableOfType(
                                ProviderException.class,
                                () -> session.objects()
                                        .delete(
                                                List.of(key("a")),
                                                FakePlace.call(CALL.purpose(), Duration.ofMillis(500))))
                        .kind())
                .isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
    }

    /** Answers a request with the beginning of a listing, and then with spaces for ever. */
    private static void tellNothing(ServerSocket server) {
        try (Socket client = server.accept()) {
            OutputStream out = client.getOutputStream();
            out.write(
                    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] spaces = ("400\r\n" + " ".repeat(1_024) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            while (!server.isClosed()) {
                out.write(spaces);
            }
        } catch (IOException e) {
            // The client has hung up, as it should.
            assertThat(e).isNotNull();
        }
    }

    @Test
    @DisplayName("J5 an answer that goes on and on, with never a silence, ends at its call's deadline, too")
    void endsAnEndlessAnswer() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread talking = new Thread(() -> tellNothing(server));
            talking.start();
            URI endpoint = URI.create("http://127.0.0.1:" + server.getLocalPort());
            ProviderSession session = place.session(FakePlace.location(FakePlace.BUCKET, endpoint, Map.of()));
            assertThat(catchThrowableOfType(
                                    ProviderException.class,
                                    () -> session.objects()
                                            .list(
                                                    KeyPrefix.ROOT,
                                                    null,
                                                    FakePlace.call(CALL.purpose(), Duration.ofMillis(500))))
                            .kind())
                    .isEqualTo(ErrorKind.CANCELLED);
            talking.join();
        }
    }

    @Test
    @DisplayName("J5 connections are bounded: a call waits for one, and one that is given up is free again")
    void boundsConnections() throws IOException {
        FakePlace.put(place.store(), "a", FakePlace.bytes(1, 4_000_000));
        ProviderSession session = place.session(FakePlace.location(
                FakePlace.BUCKET, place.server().uri(), Map.of("connections", "1", "stall-timeout", "PT0.3S")));
        try (InputStream held = session.objects().get(key("a"), null, CALL)) {
            assertThat(catchThrowableOfType(
                                    ProviderException.class,
                                    () -> session.objects().stat(key("a"), CALL))
                            .kind())
                    .isEqualTo(ErrorKind.UNAVAILABLE);
            assertThat(held.read()).isNotNegative();
        }
        assertThat(session.objects().stat(key("a"), CALL)).isPresent();
        try (InputStream part = session.objects().get(key("a"), new ByteRange(10, 20), CALL)) {
            assertThat(part.readAllBytes()).hasSize(20);
        }
        assertThat(session.objects().stat(key("a"), CALL)).isPresent();
    }

    @Test
    @DisplayName("SPI-75 a client of the host without credentials is denied, and told so")
    void tellsThatNoneWereSent() {
        Storage nobody = StorageOptions.http()
                .setHost(place.server().uri().toString())
                .setProjectId("ledger")
                .setCredentials(NoCredentials.getInstance())
                .build()
                .getService();
        ProviderSession session = GcpProvider.using(nobody).open(place.location());
        ProviderException denied = catchThrowableOfType(
                ProviderException.class, () -> session.objects().stat(key("a"), CALL));
        assertThat(denied.kind()).isEqualTo(ErrorKind.DENIED);
        assertThat(denied).hasMessageContaining("No credentials were sent.");
        session.close();
    }

    @Test
    @DisplayName("what carries credentials goes nowhere else, whatever the place answers")
    void followsNowhere() {
        ProviderSession session = place.session(place.location());
        FakePlace.put(session.objects(), "a", new byte[10]);
        try (FakePlace elsewhere = new FakePlace()) {
            Map<String, String> there = Map.of(
                    "Location",
                    elsewhere.server().uri().resolve("/batch/storage/v1").toString());
            place.server().next("objects.get", (request, real) -> FakeAnswer.of(307, there, new byte[0]));
            assertThat(catchThrowableOfType(
                                    ProviderException.class,
                                    () -> session.objects().stat(key("a"), CALL))
                            .kind())
                    .isEqualTo(ErrorKind.INVALID_REQUEST);
            place.server().next("batch", (request, real) -> FakeAnswer.of(307, there, new byte[0]));
            assertThat(catchThrowableOfType(
                                    ProviderException.class,
                                    () -> session.objects().delete(List.of(key("a")), CALL))
                            .kind())
                    .isEqualTo(ErrorKind.UNAVAILABLE);
            assertThat(elsewhere.server().requests()).isEmpty();
        }
    }

    /** Until the server is closed, which interrupts. */
    private static FakeAnswer waitForever() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return FakeAnswer.error(500, "internalError");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.grpc.netty.shaded.io.netty.channel.Channel",
                "io.grpc.internal.GrpcUtil",
                "com.google.api.gax.grpc.GrpcCallContext",
                "com.fasterxml.jackson.databind.ObjectMapper",
                "io.opentelemetry.sdk.OpenTelemetrySdk",
                "org.conscrypt.Conscrypt",
                "org.apache.http.client.HttpClient"
            })
    @DisplayName("what is left out of the class path is not there, so every test here does without it")
    void doesWithout(String leftOut) {
        assertThatThrownBy(() -> Class.forName(leftOut, false, getClass().getClassLoader()))
                .isInstanceOf(ClassNotFoundException.class);
    }
}
