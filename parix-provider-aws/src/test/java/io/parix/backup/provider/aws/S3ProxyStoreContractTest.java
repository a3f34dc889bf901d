package io.parix.backup.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.ByteSize;
import io.parix.backup.spi.ByteRange;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectPage;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.ProviderSession;
import io.parix.backup.spi.StoredObject;
import io.parix.backup.testkit.contract.ObjectStoreContract;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
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
        return open(SharedS3Proxy.provider(), bucket);
    }

    private ObjectStore open(AwsProvider provider, String bucket) {
        ProviderSession session = provider.open(SharedS3Proxy.location(bucket));
        opened.add(session);
        return new WithoutTemporaries(session.objects());
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
    public Optional<ObjectStore> deniedStore() {
        String bucket = SharedS3Proxy.newBucket();
        kept(bucket);
        return Optional.of(open(SharedS3Proxy.stranger(), bucket));
    }

    private ObjectStore kept(String bucket) {
        ObjectStore store = open(bucket);
        store.putIfAbsent(new ObjectKey("kept/object"), ObjectContent.of(new byte[10]), CALL);
        return store;
    }

    @Override
    public Optional<ObjectStore> lostStore() {
        String bucket = SharedS3Proxy.newBucket();
        ObjectStore store = kept(bucket);
        SharedS3Proxy.admin().deleteObject(request -> request.bucket(bucket).key("kept/object"));
        SharedS3Proxy.admin().deleteBucket(request -> request.bucket(bucket));
        return Optional.of(store);
    }

    @Override
    public ByteSize largestWrite() {
        return ByteSize.gibibytes(5);
    }

    /**
     * The same without what s3proxy lists of its own: where a write breaks off, the file that it was writing, until it has noticed. No
     * key of the suite ends so.
     *
     * @param store the store as it is
     */
    private record WithoutTemporaries(ObjectStore store) implements ObjectStore {
        private static final Pattern TEMPORARY = Pattern.compile(".*-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

        @Override
        public StoredObject putIfAbsent(ObjectKey key, ObjectContent content, CallContext call) {
            return store.putIfAbsent(key, content, call);
        }

        @Override
        public InputStream get(ObjectKey key, @Nullable ByteRange range, CallContext call) {
            return store.get(key, range, call);
        }

        @Override
        public Optional<StoredObject> stat(ObjectKey key, CallContext call) {
            return store.stat(key, call);
        }

        @Override
        public ObjectPage list(KeyPrefix prefix, @Nullable ObjectKey after, CallContext call) {
            ObjectPage page = store.list(prefix, after, call);
            return new ObjectPage(
                    page.objects().stream()
                            .filter(each ->
                                    !TEMPORARY.matcher(each.key().value()).matches())
                            .toList(),
                    page.more());
        }

        @Override
        public Map<ObjectKey, DeleteOutcome> delete(List<ObjectKey> keys, CallContext call) {
            return store.delete(keys, call);
        }
    }
}
