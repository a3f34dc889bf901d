package io.parix.backup.provider.gcp;

import com.google.auth.Credentials;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import io.parix.backup.servers.gcs.FakeGcs;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderSession;
import io.parix.backup.spi.StorageLocation;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A fake Cloud Storage with a bucket, and sessions on it; all of them closed with it. */
final class FakePlace implements AutoCloseable {
    static final String BUCKET = "ledger-backups";

    static final CallContext CALL = call(CallContext.Purpose.DATA, Duration.ofMinutes(1));

    private final FakeGcs server = FakeGcs.start();
    private final List<ProviderSession> opened = new ArrayList<>();

    FakePlace() {
        server.bucket(BUCKET);
    }

    static CallContext call(CallContext.Purpose purpose, Duration timeout) {
        return new CallContext(timeout, () -> false, "job-1", purpose);
    }

    static Credentials credentials() {
        Instant expiry = Instant.now().plus(Duration.ofHours(1));
        return GoogleCredentials.create(new AccessToken(FakeGcs.TOKEN, Date.from(expiry)));
    }

    /** A provider by the clock of its server, which a test may move. */
    GcpProvider provider() {
        return GcpProvider.with(credentials()).withClock(server::now);
    }

    FakeGcs server() {
        return server;
    }

    /** {@return a store on a bucket, with further settings} */
    ObjectStore store(String bucket, Map<String, String> more) {
        return session(location(bucket, server.uri(), more)).objects();
    }

    ObjectStore store() {
        return store(BUCKET, Map.of());
    }

    /** {@return a store that reaches the bucket by another address} */
    ObjectStore storeVia(URI endpoint, Map<String, String> more) {
        return session(location(BUCKET, endpoint, more)).objects();
    }

    ProviderSession session(StorageLocation location) {
        ProviderSession session = provider().open(location);
        opened.add(session);
        return session;
    }

    StorageLocation location() {
        return location(BUCKET, server.uri(), Map.of());
    }

    static StorageLocation location(String bucket, URI endpoint, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("bucket", bucket);
        settings.put("endpoint", endpoint.toString());
        return new StorageLocation(GcpProvider.ID, settings, KeyPrefix.ROOT);
    }

    static ObjectKey key(String value) {
        return new ObjectKey(value);
    }

    static byte[] bytes(int seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static void put(ObjectStore store, String key, byte[] bytes) {
        store.putIfAbsent(key(key), ObjectContent.of(bytes), CALL);
    }

    @Override
    public void close() {
        opened.forEach(ProviderSession::close);
        server.close();
    }
}
