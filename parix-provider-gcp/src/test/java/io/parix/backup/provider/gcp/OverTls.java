package io.parix.backup.provider.gcp;

import static io.parix.backup.provider.gcp.FakePlace.CALL;
import static io.parix.backup.provider.gcp.FakePlace.bytes;
import static io.parix.backup.provider.gcp.FakePlace.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parix.backup.servers.gcs.FakeGcs;
import io.parix.backup.spi.ByteRange;
import io.parix.backup.spi.Checksums;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.KeyPrefix;
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
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Every verb over TLS, for a process whose trusted certificates are those of the server: they are a matter of its properties. */
final class OverTls {
    private OverTls() {}

    /**
     * Runs it.
     *
     * @param args the server's keys, and their password
     * @throws Exception when anything is not as it should be
     */
    public static void main(String[] args) throws Exception {
        try (FakeGcs server = FakeGcs.start(server(Path.of(args[0]), args[1]));
                ProviderSession session = GcpProvider.with(FakePlace.credentials())
                        .open(FakePlace.location(FakePlace.BUCKET, server.uri(), Map.of()))) {
            server.bucket(FakePlace.BUCKET);
            talk(server, session.objects());
        }
    }

    /** {@return what a server with these keys talks by} */
    static SSLContext server(Path keys, String password) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, password.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, password.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static void talk(FakeGcs server, ObjectStore store) throws IOException {
        byte[] sent = bytes(1, 300_000);
        assertThat(store.putIfAbsent(key("a"), ObjectContent.of(sent), CALL).checksums())
                .isEqualTo(Checksums.of(sent));
        try (InputStream whole = store.get(key("a"), null, CALL);
                InputStream part = store.get(key("a"), new ByteRange(100, 200), CALL)) {
            assertThat(whole.readAllBytes()).isEqualTo(sent);
            assertThat(part.readAllBytes()).hasSize(200);
        }
        assertThat(kind(store, "a", sent, Checksums.of(sent))).isEqualTo(ErrorKind.ALREADY_EXISTS);
        Checksums wrong =
                new Checksums(~Checksums.of(sent).crc32c(), Checksums.of(sent).sha256());
        assertThat(kind(store, "b", sent, wrong)).isEqualTo(ErrorKind.CORRUPT);
        assertThat(server.bucket(FakePlace.BUCKET).size()).isOne();
        assertThat(store.list(KeyPrefix.ROOT, null, CALL).objects()).hasSize(1);
        assertThat(store.delete(List.of(key("a")), CALL)).containsValue(new DeleteOutcome.Deleted());
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
