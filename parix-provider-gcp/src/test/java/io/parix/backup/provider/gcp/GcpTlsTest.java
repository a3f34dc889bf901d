package io.parix.backup.provider.gcp;

import static io.parix.backup.provider.gcp.FakePlace.CALL;
import static io.parix.backup.provider.gcp.FakePlace.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parix.backup.servers.gcs.FakeGcs;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.ProviderSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over TLS, as Cloud Storage is spoken to. */
class GcpTlsTest {
    private static final String PASSWORD = "for-a-test";

    @TempDir
    private Path folder;

    private void run(String program, String... arguments) throws IOException, InterruptedException {
        Path log = folder.resolve("log.txt");
        String[] command = new String[arguments.length + 1];
        command[0] = Path.of(System.getProperty("java.home"), "bin", program).toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor()).as(Files.readString(log)).isZero();
    }

    private Path keys() {
        return folder.resolve("keys.p12");
    }

    @BeforeEach
    void makeKeys() throws IOException, InterruptedException {
        run(
                "keytool",
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
                keys().toString());
    }

    @Test
    @DisplayName("SPI-20 to SPI-60 over TLS every verb works, by the certificates that the process trusts")
    void talksOverTls() throws IOException, InterruptedException {
        run(
                "java",
                "-Djavax.net.ssl.trustStore=" + keys(),
                "-Djavax.net.ssl.trustStorePassword=" + PASSWORD,
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                OverTls.class.getName(),
                keys().toString(),
                PASSWORD);
    }

    @Test
    @DisplayName("SPI-74 a server whose certificate is not trusted is unavailable, and is told nothing")
    void trustsNobody() throws IOException, GeneralSecurityException {
        try (FakeGcs server = FakeGcs.start(OverTls.server(keys(), PASSWORD));
                ProviderSession session = GcpProvider.with(FakePlace.credentials())
                        .open(FakePlace.location(FakePlace.BUCKET, server.uri(), Map.of()))) {
            ProviderException untrusted = catchThrowableOfType(
                    ProviderException.class, () -> session.objects().stat(key("a"), CALL));
            assertThat(untrusted.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
            assertThat(untrusted).hasMessageContaining("certification path");
            assertThat(server.requests()).isEmpty();
        }
    }
}
