package io.parix.backup.provider.aws;

import static io.parix.backup.provider.aws.FakePlace.CALL;
import static io.parix.backup.provider.aws.FakePlace.bytes;
import static io.parix.backup.provider.aws.FakePlace.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parix.backup.provider.aws.server.FakeS3;
import io.parix.backup.spi.Checksums;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.ProviderSession;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Over TLS, as S3 is spoken to: the body goes plain, its length and checksum in the headers, its signature leaves it out. */
class AwsTlsTest {
    private static final String PASSWORD = "for-a-test";

    @TempDir
    private Path folder;

    private KeyStore keys() throws IOException, GeneralSecurityException, InterruptedException {
        Path file = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=test",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor())
                .as(Files.readString(folder.resolve("keytool.log")))
                .isZero();
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            return keys;
        }
    }

    private static SSLContext server(KeyStore keys) throws GeneralSecurityException {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static S3Client client(FakeS3 server, KeyStore keys) throws GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        try {
            trusted.load(null, null);
        } catch (IOException e) {
            throw new IllegalStateException("An empty store is read from nowhere", e);
        }
        trusted.setCertificateEntry("server", keys.getCertificate("server"));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        return S3Client.builder()
                .region(Region.EU_CENTRAL_1)
                .endpointOverride(server.uri())
                .forcePathStyle(true)
                .credentialsProvider(FakePlace.credentials())
                .httpClientBuilder(Apache5HttpClient.builder().tlsTrustManagersProvider(managers::getTrustManagers))
                .build();
    }

    @Test
    @DisplayName(
            "SPI-20 to SPI-24 over TLS a write is plain and checked, and what is wrong breaks off and leaves nothing")
    void writesAndReadsOverTls() throws IOException, GeneralSecurityException, InterruptedException {
        KeyStore keys = keys();
        try (FakeS3 server = FakeS3.start(server(keys));
                S3Client client = client(server, keys);
                ProviderSession session =
                        AwsProvider.using(client).open(FakePlace.location(FakePlace.BUCKET, server.uri(), Map.of()))) {
            server.bucket(FakePlace.BUCKET);
            ObjectStore store = session.objects();
            byte[] sent = bytes(1, 300_000);
            assertThat(store.putIfAbsent(key("a"), ObjectContent.of(sent), CALL).checksums())
                    .isEqualTo(Checksums.of(sent));
            assertThat(server.requests().get(0).headers())
                    .containsEntry("x-amz-content-sha256", "UNSIGNED-PAYLOAD")
                    .containsEntry("content-length", "300000")
                    .doesNotContainKeys("content-encoding", "x-amz-trailer");
            try (InputStream in = store.get(key("a"), null, CALL)) {
                assertThat(in.readAllBytes()).isEqualTo(sent);
            }
            assertThat(kind(store, "a", sent, Checksums.of(sent))).isEqualTo(ErrorKind.ALREADY_EXISTS);
            Checksums wrongCrc = new Checksums(
                    ~Checksums.of(sent).crc32c(), Checksums.of(sent).sha256());
            assertThat(kind(store, "b", sent, wrongCrc)).isEqualTo(ErrorKind.CORRUPT);
            Checksums wrongSha = new Checksums(Checksums.of(sent).crc32c(), "0".repeat(64));
            assertThat(kind(store, "b", sent, wrongSha)).isEqualTo(ErrorKind.CORRUPT);
            assertThat(server.bucket(FakePlace.BUCKET).size()).isOne();
        }
    }

    private static ErrorKind kind(ObjectStore store, String key, byte[] bytes, Checksums promised) {
        ObjectContent content = new ObjectContent() {
            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public Checksums checksums() {
                return promised;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }
        };
        return catchThrowableOfType(ProviderException.class, () -> store.putIfAbsent(key(key), content, CALL))
                .kind();
    }
}
