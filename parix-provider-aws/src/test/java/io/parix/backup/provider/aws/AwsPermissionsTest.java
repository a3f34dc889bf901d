package io.parix.backup.provider.aws;

import static io.parix.backup.provider.aws.FakePlace.CALL;
import static io.parix.backup.provider.aws.FakePlace.bytes;
import static io.parix.backup.provider.aws.FakePlace.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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
class AwsPermissionsTest {
    private static final Path PAGE = Path.of("..", "docs", "providers", "aws.md");
    private static final Pattern ACTION = Pattern.compile("\"((?:s3|kms):[A-Za-z]+)\"");

    private final FakePlace place = new FakePlace();

    @AfterEach
    void close() {
        place.close();
    }

    /** The actions in the policy under a heading of the page. */
    static Set<String> policy(String role) throws IOException {
        String page = Files.readString(PAGE);
        String policy = page.substring(page.indexOf("### " + role));
        policy = policy.substring(0, policy.indexOf("```\n"));
        return ACTION.matcher(policy).results().map(match -> match.group(1)).collect(Collectors.toSet());
    }

    private Set<String> operations() {
        return new TreeSet<>(place.server().operations());
    }

    @Test
    @DisplayName("the writer's policy is enough for writing, and for what is looked at on the way")
    void letsTheWriterWrite() throws IOException {
        place.server().allowOnly(policy("Writer"));
        ObjectStore store = place.store(
                FakePlace.BUCKET, Map.of("encryption", "sse-kms", "kms-key", "alias/ledger", "tag.team", "ledger"));
        FakePlace.put(store, "db/a", bytes(1, 100));
        assertThat(store.stat(key("db/a"), CALL)).isPresent();
        assertThat(store.stat(key("db/b"), CALL)).isEmpty();
        assertThat(store.list(new KeyPrefix("db"), null, CALL).objects()).hasSize(1);
        read(store);
        assertThat(operations()).containsExactly("GetObject", "HeadBucket", "HeadObject", "ListObjectsV2", "PutObject");
        assertThat(catchThrowableOfType(ProviderException.class, () -> store.delete(List.of(key("db/a")), CALL))
                        .kind())
                .isEqualTo(ErrorKind.DENIED);
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
        place.server().forbid(Set.of("s3:PutObject"));
        ObjectStore plain = place.store();
        ObjectStore rich = place.store(FakePlace.BUCKET, Map.of("encryption", "sse-kms", "tag.team", "ledger"));
        assertThat(catchThrowableOfType(ProviderException.class, () -> FakePlace.put(plain, "a", bytes(1, 10))))
                .hasMessageEndingWith("It needs s3:PutObject.");
        assertThat(catchThrowableOfType(ProviderException.class, () -> FakePlace.put(rich, "a", bytes(1, 10))))
                .hasMessageEndingWith("It needs s3:PutObject, s3:PutObjectTagging, kms:GenerateDataKey.");
    }

    @Test
    @DisplayName("the restorer's policy is enough for reading, and not for writing")
    void letsTheRestorerRead() throws IOException {
        ObjectStore writer = place.store(FakePlace.BUCKET, Map.of("encryption", "sse-kms"));
        FakePlace.put(writer, "db/a", bytes(1, 100));
        place.server().forget();
        place.server().allowOnly(policy("Restorer"));
        ObjectStore store = place.store();
        read(store);
        assertThat(store.stat(key("db/a"), CALL)).isPresent();
        assertThat(store.stat(key("db/b"), CALL)).isEmpty();
        assertThat(store.list(new KeyPrefix("db"), null, CALL).objects()).hasSize(1);
        assertThat(operations()).containsExactly("GetObject", "HeadBucket", "HeadObject", "ListObjectsV2");
        assertThat(catchThrowableOfType(ProviderException.class, () -> FakePlace.put(store, "db/b", bytes(1, 10)))
                        .kind())
                .isEqualTo(ErrorKind.DENIED);
    }

    @Test
    @DisplayName("the sweeper's policy is enough for clean-up, locks included, and not for writing")
    void letsTheSweeperDelete() throws IOException {
        place.server().bucket(FakePlace.BUCKET).lockEach(Duration.ofDays(1));
        ObjectStore store = place.store();
        FakePlace.put(store, "db/a", bytes(1, 100));
        place.server().bucket(FakePlace.BUCKET).lock("db/a", null, true);
        FakePlace.put(store, "db/b", bytes(1, 100));
        place.server().forget();
        place.server().allowOnly(policy("Sweeper"));
        read(store);
        assertThat(store.list(new KeyPrefix("db"), null, CALL).objects()).hasSize(2);
        assertThat(store.delete(List.of(key("db/a"), key("db/b")), CALL).values())
                .allSatisfy(each -> assertThat(each).isInstanceOf(DeleteOutcome.Locked.class));
        place.server().bucket(FakePlace.BUCKET).lock("db/b", null, false);
        assertThat(store.delete(List.of(key("db/b")), CALL)).containsValue(new DeleteOutcome.Deleted());
        assertThat(operations())
                .containsExactly(
                        "DeleteObjects",
                        "GetObject",
                        "GetObjectLegalHold",
                        "GetObjectRetention",
                        "ListObjectVersions",
                        "ListObjectsV2");
        assertThat(catchThrowableOfType(ProviderException.class, () -> FakePlace.put(store, "db/c", bytes(1, 10)))
                        .kind())
                .isEqualTo(ErrorKind.DENIED);
    }
}
