package io.parix.backup.provider.aws;

import static io.parix.backup.provider.aws.FakePlace.CALL;
import static io.parix.backup.provider.aws.FakePlace.bytes;
import static io.parix.backup.provider.aws.FakePlace.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parix.backup.servers.S3Proxy;
import io.parix.backup.spi.Checksums;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.ProviderSession;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/** What a server that is not ours says to the choices that S3 leaves. */
class S3ProxyVersionsTest {
    private final String bucket = SharedS3Proxy.newBucket();
    private final ProviderSession session = SharedS3Proxy.provider().open(SharedS3Proxy.location(bucket));
    private final ObjectStore store = session.objects();

    @AfterEach
    void close() {
        session.close();
    }

    private int versions() {
        var page = SharedS3Proxy.admin().listObjectVersions(request -> request.bucket(bucket));
        return page.versions().size() + page.deleteMarkers().size();
    }

    @Test
    @DisplayName("SPI-60 in a bucket with versions deleted means gone, and SPI-63 the key is free")
    void removesEveryVersion() {
        SharedS3Proxy.admin()
                .putBucketVersioning(request -> request.bucket(bucket)
                        .versioningConfiguration(versioning -> versioning.status(BucketVersioningStatus.ENABLED)));
        FakePlace.put(store, "db/1", bytes(1, 10));
        SharedS3Proxy.admin().deleteObject(request -> request.bucket(bucket).key("db/1"));
        FakePlace.put(store, "db/1", bytes(2, 10));
        FakePlace.put(store, "db/10", bytes(3, 10));
        assertThat(versions()).isEqualTo(4);
        assertThat(store.delete(List.of(key("db/1"), key("db/2")), CALL))
                .containsEntry(key("db/1"), new DeleteOutcome.Deleted())
                .containsEntry(key("db/2"), new DeleteOutcome.Absent());
        assertThat(versions()).isOne();
        FakePlace.put(store, "db/1", bytes(4, 10));
        assertThat(store.list(KeyPrefix.ROOT, null, CALL).objects()).hasSize(2);
    }

    @Test
    @DisplayName("SPI-44 the server keeps the SHA-256 and tells it")
    void tellsChecksums() {
        FakePlace.put(store, "a", bytes(1, 1_000));
        assertThat(store.stat(key("a"), CALL).orElseThrow().checksums()).isEqualTo(Checksums.of(bytes(1, 1_000)));
    }

    @Test
    @DisplayName("SPI-75 a wrong secret is denied, and what it would have written is not there")
    void deniesAWrongSecret() {
        AwsProvider wrong = AwsProvider.with(
                StaticCredentialsProvider.create(AwsBasicCredentials.create(S3Proxy.IDENTITY, "another")));
        try (ProviderSession other = wrong.open(SharedS3Proxy.location(bucket))) {
            assertThat(catchThrowableOfType(
                                    ProviderException.class, () -> FakePlace.put(other.objects(), "a", bytes(1, 10)))
                            .kind())
                    .isEqualTo(ErrorKind.DENIED);
        }
        assertThat(store.stat(key("a"), CALL)).isEmpty();
    }
}
