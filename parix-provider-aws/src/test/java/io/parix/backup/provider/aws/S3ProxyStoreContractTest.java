package io.parix.backup.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.ByteSize;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.ProviderSession;
import io.parix.backup.testkit.contract.ObjectStoreContract;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The store on s3proxy, which verifies signatures and checksums. */
class S3ProxyStoreContractTest implements ObjectStoreContract {
    private static final CallContext CALL =
            new CallContext(Duration.ofMinutes(1), () -> false, "test", CallContext.Purpose.PROBE);

    private final List<ProviderSession> opened = new ArrayList<>();

    @Override
    public ObjectStore emptyStore() {
        return open(SharedS3Proxy.newBucket());
    }

    private ObjectStore open(String bucket) {
        ProviderSession session = SharedS3Proxy.provider().open(SharedS3Proxy.location(bucket));
        opened.add(session);
        return session.objects();
    }

    @AfterEach
    void close() {
        opened.forEach(ProviderSession::close);
    }

    /** In memory it is a file system, which S3 is not, and it fails by itself: nothing is lost, but nobody is told. */
    @Test
    @Override
    @DisplayName("SPI-29 s3proxy departs from S3: a key that is also a folder ends in an error of its own, harmlessly")
    public void keepsOrRefusesAKeyThatIsAFolder() throws Exception {
        ObjectStore store = emptyStore();
        store.putIfAbsent(new ObjectKey("file"), ObjectContent.of(new byte[10]), CALL);
        assertThatThrownBy(() -> store.putIfAbsent(new ObjectKey("file/below"), ObjectContent.of(new byte[20]), CALL))
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.OUTCOME_UNKNOWN));
        try (InputStream in = store.get(new ObjectKey("file"), null, CALL)) {
            assertThat(in.readAllBytes()).isEqualTo(new byte[10]);
        }
    }

    @Override
    public Optional<ObjectStore> lostStore() {
        String bucket = SharedS3Proxy.newBucket();
        ObjectStore store = open(bucket);
        store.putIfAbsent(new ObjectKey("kept/object"), ObjectContent.of(new byte[10]), CALL);
        SharedS3Proxy.admin().deleteObject(request -> request.bucket(bucket).key("kept/object"));
        SharedS3Proxy.admin().deleteBucket(request -> request.bucket(bucket));
        return Optional.of(store);
    }

    @Override
    public ByteSize largestWrite() {
        return ByteSize.gibibytes(5);
    }
}
