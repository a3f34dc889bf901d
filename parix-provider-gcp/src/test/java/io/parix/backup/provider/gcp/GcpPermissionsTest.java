package io.parix.backup.provider.gcp;

import static io.parix.backup.provider.gcp.FakePlace.CALL;
import static io.parix.backup.provider.gcp.FakePlace.bytes;
import static io.parix.backup.provider.gcp.FakePlace.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parix.backup.servers.gcs.FakeBucket;
import io.parix.backup.spi.ByteRange;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What each role needs, as the page about the provider says: it is enough, and no other request is made. */
class GcpPermissionsTest {
    private static final Path PAGE = Path.of("..", "docs", "providers", "gcp.md");
    private static final Pattern PERMISSION = Pattern.compile("\"((?:storage|serviceusage)\\.[A-Za-z.]+)\"");

    private static final String KEY = "projects/ledger/locations/europe-west3/keyRings/backups/cryptoKeys/objects";

    private final FakePlace place = new FakePlace();

    @AfterEach
    void close() {
        place.close();
    }

    /** The permissions of the role under a heading of the page. */
    static Set<String> role(String name) throws IOException {
        String page = Files.readString(PAGE);
        String text = page.substring(page.indexOf("### " + name));
        text = text.substring(0, text.indexOf("```\n"));
        return PERMISSION.matcher(text).results().map(match -> match.group(1)).collect(Collectors.toSet());
    }

    private Set<String> operations() {
        return new TreeSet<>(place.server().operations());
    }

    @Test
    @DisplayName("the writer's role is enough for writing, and for what is looked at on the way")
    void letsTheWriterWrite() throws IOException {
        place.server().allowOnly(role("Writer"));
        ObjectStore store = place.store(FakePlace.BUCKET, Map.of("kms-key", KEY, "user-project", "ledger-billing"));
        FakePlace.put(store, "db/a", bytes(1, 100));
        assertThat(store.stat(key("db/a"), CALL)).isPresent();
        assertThat(store.stat(key("db/b"), CALL)).isEmpty();
        assertThat(store.list(new KeyPrefix("db"), null, CALL).objects()).hasSize(1);
        read(store);
        assertThat(operations()).containsExactly("objects.get", "objects.get media", "objects.insert", "objects.list");
        assertThat(store.delete(List.of(key("db/a")), CALL).get(key("db/a")))
                .isInstanceOfSatisfying(
                        DeleteOutcome.Failed.class,
                        failed -> assertThat(failed.kind()).isEqualTo(ErrorKind.DENIED));
    }

    private static void read(ObjectStore store) throws IOException {
        try (InputStream whole = store.get(key("db/a"), null, CALL);
                InputStream part = store.get(key("db/a"), new ByteRange(10, 10), CALL)) {
            assertThat(whole.readAllBytes()).isEqualTo(bytes(1, 100));
            assertThat(part.readAllBytes()).hasSize(10);
        }
    }

    @Test
    @DisplayName("SPI-75 what is denied names the permissions that it needs, by the settings of the place")
    void namesWhatItNeeds() {
        place.server().forbid(Set.of("storage.objects.create"));
        ObjectStore plain = place.store();
        ObjectStore rich = place.store(FakePlace.BUCKET, Map.of("kms-key", KEY, "user-project", "ledger-billing"));
        assertThat(catchThrowableOfType(ProviderException.class, () -> FakePlace.put(plain, "a", bytes(1, 10))))
                .hasMessageEndingWith("It needs storage.objects.create.");
        assertThat(catchThrowableOfType(ProviderException.class, () -> FakePlace.put(rich, "a", bytes(1, 10))))
                .hasMessageEndingWith(
                        "It needs storage.objects.create, and serviceusage.services.use in the project that pays, and Cloud Storage's own service agent cloudkms.cryptoKeyVersions.useToEncrypt.");
    }

    @Test
    @DisplayName("the restorer's role is enough for reading, and not for writing")
    void letsTheRestorerRead() throws IOException {
        ObjectStore writer = place.store(FakePlace.BUCKET, Map.of());
        FakePlace.put(writer, "db/a", bytes(1, 100));
        place.server().forget();
        place.server().allowOnly(role("Restorer"));
        ObjectStore store = place.store();
        read(store);
        assertThat(store.stat(key("db/a"), CALL)).isPresent();
        assertThat(store.stat(key("db/b"), CALL)).isEmpty();
        assertThat(store.list(new KeyPrefix("db"), null, CALL).objects()).hasSize(1);
        assertThat(operations()).containsExactly("objects.get", "objects.get media", "objects.list");
        assertThat(catchThrowableOfType(ProviderException.class, () -> FakePlace.put(store, "db/b", bytes(1, 10)))
                        .kind())
                .isEqualTo(ErrorKind.DENIED);
    }

    @Test
    @DisplayName("the sweeper's role is enough for clean-up, locks included, and not for writing")
    void letsTheSweeperDelete() throws IOException {
        FakeBucket bucket = place.server().bucket(FakePlace.BUCKET);
        bucket.retainEach(Duration.ofDays(1));
        ObjectStore store = place.store();
        FakePlace.put(store, "db/a", bytes(1, 100));
        bucket.hold("db/a", true, false);
        FakePlace.put(store, "db/b", bytes(1, 100));
        place.server().forget();
        place.server().allowOnly(role("Sweeper"));
        read(store);
        assertThat(store.list(new KeyPrefix("db"), null, CALL).objects()).hasSize(2);
        assertThat(store.delete(List.of(key("db/a"), key("db/b")), CALL).values())
                .allSatisfy(each -> assertThat(each).isInstanceOf(DeleteOutcome.Locked.class));
        bucket.retain("db/b", null);
        assertThat(store.delete(List.of(key("db/b")), CALL)).containsValue(new DeleteOutcome.Deleted());
        assertThat(operations()).containsExactly("batch", "objects.delete", "objects.get media", "objects.list");
        assertThat(catchThrowableOfType(ProviderException.class, () -> FakePlace.put(store, "db/c", bytes(1, 10)))
                        .kind())
                .isEqualTo(ErrorKind.DENIED);
    }
}
