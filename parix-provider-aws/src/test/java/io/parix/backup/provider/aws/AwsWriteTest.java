package io.parix.backup.provider.aws;

import static io.parix.backup.provider.aws.FakePlace.CALL;
import static io.parix.backup.provider.aws.FakePlace.bytes;
import static io.parix.backup.provider.aws.FakePlace.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parix.backup.provider.aws.server.FakeAnswer;
import io.parix.backup.provider.aws.server.FakeRequest;
import io.parix.backup.provider.aws.server.FakeS3;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.CallContext.Purpose;
import io.parix.backup.spi.Checksums;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.StoredObject;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AwsWriteTest {
    private final FakePlace place = new FakePlace();

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

    private ProviderException refused(ObjectStore store, String key, byte[] bytes) {
        return catchThrowableOfType(
                ProviderException.class, () -> store.putIfAbsent(key(key), ObjectContent.of(bytes), CALL));
    }

    @ParameterizedTest(
            name = "SPI-25 content of the host of {0} bytes that throws whatever is unavailable, and nothing is left")
    @ValueSource(ints = {0, 10})
    void survivesAnythingOfTheHost(int length) {
        Checksums checksums = Checksums.of(new byte[length]);
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
            ObjectContent content = new ObjectContent() {
                @Override
                public long length() {
                    return length;
                }

                @Override
                public Checksums checksums() {
                    return checksums;
                }

                @Override
                public InputStream open() {
                    return each.orElseThrow();
                }
            };
            ProviderException refused = catchThrowableOfType(
                    ProviderException.class, () -> place.store().putIfAbsent(key("a"), content, CALL));
            assertThat(refused.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
            assertThat(refused).hasMessageContaining("could not be read");
        }
        assertThat(place.store().stat(key("a"), CALL)).isEmpty();
    }

    @Test
    @DisplayName("SPI-21 a write is one conditional request with the checksum of its bytes")
    void isOneConditionalRequest() {
        FakeRequest request = written(place.store(), Purpose.DATA);
        assertThat(place.server().operations()).containsExactly("PutObject");
        assertThat(request.headers())
                .containsEntry("if-none-match", "*")
                .containsEntry("x-amz-checksum-sha256", ObjectChecksums.sha256(Checksums.of(bytes(1, 100))))
                .containsEntry("x-amz-decoded-content-length", "100")
                .doesNotContainKeys("x-amz-storage-class", "x-amz-tagging", "x-amz-server-side-encryption");
        assertThat(request.headers().get("user-agent")).endsWith("parix-backup");
    }

    @Test
    @DisplayName("the storage class is that of segments and indexes, and manifests stay in the bucket's")
    void choosesTheStorageClass() {
        ObjectStore store = place.store(FakePlace.BUCKET, Map.of("storage-class", "STANDARD_IA"));
        assertThat(written(store, Purpose.DATA).headers()).containsEntry("x-amz-storage-class", "STANDARD_IA");
        assertThat(written(store, Purpose.MANIFEST).headers()).doesNotContainKey("x-amz-storage-class");
    }

    @Test
    @DisplayName("encryption, key, tags and the bucket's owner go with every write")
    void sendsWhatIsSet() {
        ObjectStore kms = place.store(
                FakePlace.BUCKET,
                Map.of(
                        "encryption", "sse-kms",
                        "kms-key", "alias/ledger",
                        "tag.team", "ledger",
                        "expected-bucket-owner", FakeS3.OWNER));
        assertThat(written(kms, Purpose.MANIFEST).headers())
                .containsEntry("x-amz-server-side-encryption", "aws:kms")
                .containsEntry("x-amz-server-side-encryption-aws-kms-key-id", "alias/ledger")
                .containsEntry("x-amz-tagging", "team=ledger")
                .containsEntry("x-amz-expected-bucket-owner", FakeS3.OWNER);
        ObjectStore s3 = place.store(FakePlace.BUCKET, Map.of("encryption", "sse-s3"));
        assertThat(written(s3, Purpose.DATA).headers()).containsEntry("x-amz-server-side-encryption", "AES256");
    }

    @Test
    @DisplayName("a key that does not exist is told apart, and a bucket of somebody else is denied to every verb")
    void tellsWrongKeysAndOwners() {
        ObjectStore noKey = place.store(FakePlace.BUCKET, Map.of("encryption", "sse-kms", "kms-key", "alias/missing"));
        assertThat(refused(noKey, "a", bytes(1, 10)))
                .hasMessageContaining("KMS.NotFoundException")
                .extracting(ProviderException::kind)
                .isEqualTo(ErrorKind.INVALID_REQUEST);
        ObjectStore foreign = place.store(FakePlace.BUCKET, Map.of("expected-bucket-owner", "999999999999"));
        assertThat(refused(foreign, "a", bytes(1, 10)))
                .hasMessageContaining("s3:PutObject")
                .extracting(ProviderException::kind)
                .isEqualTo(ErrorKind.DENIED);
        assertThat(place.server().bucket(FakePlace.BUCKET).size()).isZero();
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
    }

    @Test
    @DisplayName("SPI-44 where a place does not repeat or know the checksum, none is claimed")
    void claimsNoChecksum() {
        ObjectStore store = place.store();
        place.server().next("PutObject", (request, real) -> {
            Map<String, String> headers = new HashMap<>(real.get().headers());
            headers.remove("x-amz-checksum-sha256");
            return FakeAnswer.of(200, headers, new byte[0]);
        });
        assertThat(store.putIfAbsent(key("a"), ObjectContent.of(bytes(1, 10)), CALL)
                        .checksums())
                .isNull();
        place.server()
                .bucket(FakePlace.BUCKET)
                .put("uploaded/by-hand", bytes(1, 10), Map.of(), place.server().now());
        assertThat(store.stat(key("uploaded/by-hand"), CALL).orElseThrow().checksums())
                .isNull();
        // The checksum of a multipart upload is one of checksums.
        place.server()
                .bucket(FakePlace.BUCKET)
                .put(
                        "uploaded/in-parts",
                        bytes(1, 10),
                        Map.of(
                                "x-amz-checksum-sha256",
                                ObjectChecksums.sha256(Checksums.of(bytes(1, 10))) + "-2",
                                "x-amz-meta-parix-crc32c",
                                "00000000"),
                        place.server().now());
        assertThat(store.stat(key("uploaded/in-parts"), CALL).orElseThrow().checksums())
                .isNull();
    }

    @Test
    @DisplayName("SPI-23 a place that keeps another checksum than was sent is corrupt")
    void noticesAnotherChecksum() {
        ObjectStore store = place.store();
        place.server().next("PutObject", (request, real) -> {
            Map<String, String> headers = new HashMap<>(real.get().headers());
            headers.put("x-amz-checksum-sha256", ObjectChecksums.sha256(Checksums.of(bytes(2, 10))));
            return FakeAnswer.of(200, headers, new byte[0]);
        });
        assertThat(refused(store, "a", bytes(1, 10)).kind()).isEqualTo(ErrorKind.CORRUPT);
    }

    @Test
    @DisplayName(
            "a lost answer to a write is an unknown outcome, and asking again finds the key taken, by the same bytes")
    void doesNotGuessAfterALostAnswer() {
        ObjectStore store = place.store();
        place.server().next("PutObject", FakeS3.lostAnswer());
        assertThat(refused(store, "a", bytes(1, 10)).kind()).isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
        assertThat(refused(store, "a", bytes(1, 10)).kind()).isEqualTo(ErrorKind.ALREADY_EXISTS);
        assertThat(store.stat(key("a"), CALL).orElseThrow().checksums()).isEqualTo(Checksums.of(bytes(1, 10)));
    }

    @Test
    @DisplayName(
            "SPI-22 a write that a deletion disturbed (409) is no taken key: it can be repeated, and then is there")
    void repeatsADisturbedWrite() {
        ObjectStore store = place.store();
        place.server().next("PutObject", (request, real) -> FakeAnswer.error(409, "ConditionalRequestConflict"));
        assertThat(refused(store, "a", bytes(1, 10)).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
        FakePlace.put(store, "a", bytes(1, 10));
        assertThat(store.stat(key("a"), CALL)).isPresent();
    }

    @Test
    @DisplayName("SPI-21 a key that was hidden by a marker is free, and one that is there is not")
    void writesOverAMarker() {
        place.server().bucket(FakePlace.BUCKET).keepVersions();
        ObjectStore store = place.store();
        FakePlace.put(store, "a", bytes(1, 10));
        assertThat(refused(store, "a", bytes(2, 10)).kind()).isEqualTo(ErrorKind.ALREADY_EXISTS);
        place.server().bucket(FakePlace.BUCKET).hide("a", place.server().now());
        FakePlace.put(store, "a", bytes(2, 10));
        assertThat(store.stat(key("a"), CALL).orElseThrow().checksums()).isEqualTo(Checksums.of(bytes(2, 10)));
    }
}
