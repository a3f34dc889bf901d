package io.parix.backup.provider.gcp;

import static io.parix.backup.provider.gcp.FakePlace.CALL;
import static io.parix.backup.provider.gcp.FakePlace.bytes;
import static io.parix.backup.provider.gcp.FakePlace.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.parix.backup.servers.gcs.FakeAnswer;
import io.parix.backup.servers.gcs.FakeBucket;
import io.parix.backup.servers.gcs.FakeGcs;
import io.parix.backup.servers.gcs.FakeRequest;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.CallContext.Purpose;
import io.parix.backup.spi.Checksums;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.StoredObject;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class GcpWriteTest {
    private static final String KEY = "projects/ledger/locations/europe-west3/keyRings/backups/cryptoKeys/objects";

    private final FakePlace place = new FakePlace();
    private final FakeBucket bucket = place.server().bucket(FakePlace.BUCKET);

    @AfterEach
    void close() {
        place.close();
    }

    private FakeRequest written(ObjectStore store, Purpose purpose) {
        place.server().forget();
        CallContext call = FakePlace.call(purpose, Duration.ofMinutes(1));
        store.putIfAbsent(key("written/" + purpose.code()), ObjectContent.of(bytes(1, 100)), call);
        return place.server().requests().get(0);
    }

    private JsonObject resource(Purpose purpose) {
        return bucket.current("written/" + purpose.code()).orElseThrow().resource();
    }

    private ProviderException refused(ObjectStore store, String key, byte[] bytes) {
        return catchThrowableOfType(
                ProviderException.class, () -> store.putIfAbsent(key(key), ObjectContent.of(bytes), CALL));
    }

    /** Answers the next write truly but for its resource. */
    private void answerWrite(Consumer<JsonObject> change) {
        place.server().next("objects.insert", (request, real) -> {
            JsonObject json = JsonParser.parseString(
                            new String(real.get().body().get(), StandardCharsets.UTF_8))
                    .getAsJsonObject();
            change.accept(json);
            return FakeAnswer.json(json);
        });
    }

    private static ObjectContent opening(Supplier<InputStream> opened) {
        return new ObjectContent() {
            @Override
            public long length() {
                return 10;
            }

            @Override
            public Checksums checksums() {
                return Checksums.of(new byte[10]);
            }

            @Override
            public InputStream open() {
                return opened.get();
            }
        };
    }

    @Test
    @DisplayName("SPI-25 content of the host that cannot be opened, or breaks off, by any exception is unavailable")
    void survivesAnythingOfTheHost() {
        InputStream breaksOff = new InputStream() {
            @Override
            public int read() {
                throw new IllegalStateException("no more");
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                throw new IllegalStateException("no more");
            }
        };
        for (Optional<InputStream> each : List.of(Optional.<InputStream>empty(), Optional.of(breaksOff))) {
            ProviderException refused = catchThrowableOfType(
                    ProviderException.class,
                    () -> place.store().putIfAbsent(key("a"), opening(each::orElseThrow), CALL));
            assertThat(refused.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
            assertThat(refused).hasMessageContaining("could not be read");
        }
        assertThat(bucket.size()).isZero();
    }

    @Test
    @DisplayName("SPI-21 a write is one conditional request with the checksum of its bytes, not compressed")
    void isOneConditionalRequest() {
        FakeRequest request = written(place.store(), Purpose.DATA);
        assertThat(place.server().operations()).containsExactly("objects.insert");
        assertThat(request.query())
                .containsEntry("uploadType", "multipart")
                .containsEntry("ifGenerationMatch", "0")
                .doesNotContainKeys("userProject", "kmsKeyName");
        assertThat(request.headers()).doesNotContainKey("content-encoding");
        assertThat(request.headers().get("user-agent")).endsWith("parix-backup");
        assertThat(resource(Purpose.DATA).get("crc32c").getAsString())
                .isEqualTo(ObjectChecksums.crc32c(Checksums.of(bytes(1, 100))));
        assertThat(resource(Purpose.DATA)
                        .getAsJsonObject("metadata")
                        .get("parix-sha256")
                        .getAsString())
                .isEqualTo(Checksums.of(bytes(1, 100)).sha256());
    }

    @Test
    @DisplayName("the storage class is that of segments and indexes, and manifests stay in the bucket's")
    void choosesTheStorageClass() {
        ObjectStore store = place.store(FakePlace.BUCKET, Map.of("storage-class", "NEARLINE"));
        FakeRequest unused = written(store, Purpose.DATA);
        FakeRequest other = written(store, Purpose.MANIFEST);
        assertThat(resource(Purpose.DATA).get("storageClass").getAsString()).isEqualTo("NEARLINE");
        assertThat(resource(Purpose.MANIFEST).get("storageClass").getAsString()).isEqualTo("STANDARD");
        assertThat(unused.operation()).isEqualTo(other.operation());
    }

    @Test
    @DisplayName("the key goes with every write, and the project that pays with every request")
    void sendsWhatIsSet() {
        ObjectStore store = place.store(FakePlace.BUCKET, Map.of("kms-key", KEY, "user-project", "ledger-billing"));
        assertThat(written(store, Purpose.MANIFEST).query())
                .containsEntry("kmsKeyName", KEY)
                .containsEntry("userProject", "ledger-billing");
        assertThat(store.stat(key("written/manifest"), CALL)).isPresent();
        assertThat(store.stat(key("absent"), CALL)).isEmpty();
        assertThat(catchThrowableOfType(ProviderException.class, () -> store.get(key("absent"), null, CALL)))
                .isNotNull();
        assertThat(store.delete(List.of(key("written/manifest")), CALL)).hasSize(1);
        assertThat(place.server().requests())
                .filteredOn(request -> !request.operation().equals("batch"))
                .hasSizeGreaterThan(6)
                .allSatisfy(request -> assertThat(request.query()).containsEntry("userProject", "ledger-billing"));
    }

    @Test
    @DisplayName("a key that does not exist, and a project that may not pay, are refused with what to do")
    void tellsAboutKeyAndProject() {
        ObjectStore keyless = place.store(FakePlace.BUCKET, Map.of("kms-key", KEY + "-missing"));
        assertThat(refused(keyless, "a", bytes(1, 10)).kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
        place.server().forbid(Set.of("serviceusage.services.use"));
        ObjectStore payless = place.store(FakePlace.BUCKET, Map.of("user-project", "ledger-billing"));
        ProviderException denied = refused(payless, "a", bytes(1, 10));
        assertThat(denied.kind()).isEqualTo(ErrorKind.DENIED);
        assertThat(denied).hasMessageContaining("serviceusage.services.use");
        assertThat(bucket.size()).isZero();
    }

    @Test
    @DisplayName("SPI-44 both checksums come back with the write and with a description, from the place")
    void tellsChecksums() {
        ObjectStore store = place.store();
        byte[] bytes = bytes(1, 1_000);
        StoredObject stored = store.putIfAbsent(key("a"), ObjectContent.of(bytes), CALL);
        assertThat(stored.checksums()).isEqualTo(Checksums.of(bytes));
        StoredObject described = store.stat(key("a"), CALL).orElseThrow();
        assertThat(described.checksums()).isEqualTo(Checksums.of(bytes));
        assertThat(described.length()).isEqualTo(1_000);
        assertThat(described.createdAt()).isEqualTo(stored.createdAt());
    }

    @Test
    @DisplayName("SPI-44 where a place does not repeat or know the checksum, none is claimed")
    void claimsNoChecksum() {
        ObjectStore store = place.store();
        answerWrite(json -> json.remove("crc32c"));
        assertThat(store.putIfAbsent(key("a"), ObjectContent.of(bytes(1, 10)), CALL)
                        .checksums())
                .isNull();
        bucket.put("uploaded/by-hand", bytes(1, 10), place.server().now());
        assertThat(store.stat(key("uploaded/by-hand"), CALL).orElseThrow().checksums())
                .isNull();
        JsonObject metadata = new JsonObject();
        metadata.addProperty("parix-sha256", "not a digest");
        JsonObject resource = new JsonObject();
        resource.add("metadata", metadata);
        assertThat(bucket.put(
                                "uploaded/by-others",
                                bytes(1, 10),
                                resource,
                                place.server().now())
                        .bytes())
                .hasSize(10);
        assertThat(store.stat(key("uploaded/by-others"), CALL).orElseThrow().checksums())
                .isNull();
    }

    @Test
    @DisplayName("SPI-23 a place that keeps another checksum or length than was sent is corrupt")
    void noticesAnotherChecksum() {
        ObjectStore store = place.store();
        answerWrite(json -> json.addProperty("crc32c", ObjectChecksums.crc32c(Checksums.of(bytes(2, 10)))));
        assertThat(refused(store, "a", bytes(1, 10)).kind()).isEqualTo(ErrorKind.CORRUPT);
        answerWrite(json -> json.addProperty("size", "9"));
        assertThat(refused(store, "b", bytes(1, 10)).kind()).isEqualTo(ErrorKind.CORRUPT);
    }

    @Test
    @DisplayName(
            "a lost answer to a write is an unknown outcome, and asking again finds the key taken, by the same bytes")
    void doesNotGuessAfterALostAnswer() {
        ObjectStore store = place.store();
        place.server().next("objects.insert", FakeGcs.lostAnswer());
        assertThat(refused(store, "a", bytes(1, 10)).kind()).isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
        assertThat(refused(store, "a", bytes(1, 10)).kind()).isEqualTo(ErrorKind.ALREADY_EXISTS);
        assertThat(store.stat(key("a"), CALL).orElseThrow().checksums()).isEqualTo(Checksums.of(bytes(1, 10)));
        assertThat(refused(store, "a", bytes(2, 10)).kind())
                .as("what somebody else wrote has other checksums")
                .isEqualTo(ErrorKind.ALREADY_EXISTS);
        assertThat(place.server().operations())
                .containsExactly("objects.insert", "objects.insert", "objects.get", "objects.insert");
    }

    @Test
    @DisplayName("SPI-22 a write that a concurrent change disturbed (409) is no taken key: it can be repeated")
    void repeatsADisturbedWrite() {
        ObjectStore store = place.store();
        place.server().next("objects.insert", (request, real) -> FakeAnswer.error(409, "conflict"));
        assertThat(refused(store, "a", bytes(1, 10)).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
        FakePlace.put(store, "a", bytes(1, 10));
        assertThat(store.stat(key("a"), CALL)).isPresent();
    }

    @Test
    @DisplayName("SPI-21 a key whose object was deleted by others is free though noncurrent generations are there")
    void writesOverNoncurrentGenerations() {
        bucket.keepVersions();
        ObjectStore store = place.store();
        FakePlace.put(store, "a", bytes(1, 10));
        assertThat(refused(store, "a", bytes(2, 10)).kind()).isEqualTo(ErrorKind.ALREADY_EXISTS);
        bucket.hide("a");
        FakePlace.put(store, "a", bytes(2, 10));
        assertThat(store.stat(key("a"), CALL).orElseThrow().checksums()).isEqualTo(Checksums.of(bytes(2, 10)));
        assertThat(bucket.size()).isEqualTo(2);
    }
}
