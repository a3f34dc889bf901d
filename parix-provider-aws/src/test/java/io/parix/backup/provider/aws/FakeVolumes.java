package io.parix.backup.provider.aws;

import io.parix.backup.provider.aws.server.FakeEc2;
import io.parix.backup.provider.aws.server.FakeS3;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.ProviderSession;
import io.parix.backup.spi.StorageLocation;
import io.parix.backup.spi.VolumeSnapshots;
import io.parix.backup.testkit.engine.VirtualClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A fake EC2 with two volumes, beside a fake S3, and sessions on both; all of them closed with it. */
final class FakeVolumes implements AutoCloseable {
    static final Map<String, String> LABELS = Map.of("parix-database", "db-1", "parix-backup", "b1");
    static final Map<String, String> ZONE = Map.of("zone", "eu-central-1a");
    static final String TAG = "parix-snapshot";
    static final CallContext CALL = FakePlace.call(CallContext.Purpose.SNAPSHOT, Duration.ofMinutes(1));

    final VirtualClock clock = new VirtualClock(Instant.parse("2026-11-23T09:00:00Z"));
    final FakeEc2 server = FakeEc2.start(clock);
    final String volume = server.ebs().volume();
    final String other = server.ebs().volume();

    private final FakeS3 objects = FakeS3.start();
    private final List<ProviderSession> opened = new ArrayList<>();

    FakeVolumes() {
        objects.bucket(FakePlace.BUCKET);
    }

    FakeS3 objects() {
        return objects;
    }

    AwsProvider provider() {
        return FakePlace.provider().withClock(clock);
    }

    StorageLocation location(URI endpoint, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("snapshots", "ebs");
        settings.put("ec2-endpoint", endpoint.toString());
        return FakePlace.location(FakePlace.BUCKET, objects.uri(), settings);
    }

    StorageLocation location() {
        return location(server.uri(), Map.of());
    }

    ProviderSession session(StorageLocation location) {
        ProviderSession session = provider().open(location);
        opened.add(session);
        return session;
    }

    VolumeSnapshots place() {
        return session(location()).snapshots().orElseThrow();
    }

    /** {@return snapshots through another address, or with further settings} */
    VolumeSnapshots placeVia(URI endpoint, Map<String, String> more) {
        return session(location(endpoint, more)).snapshots().orElseThrow();
    }

    VolumeSnapshots.Snapshot ask(VolumeSnapshots place, String name) {
        return place.request(name, volume, LABELS, CALL);
    }

    /** {@return how many snapshots have a name} */
    int named(String name) {
        return server.ebs().snapshots(TAG, name).size();
    }

    void pass() {
        clock.advance(Duration.ofHours(1));
    }

    @Override
    public void close() {
        opened.forEach(ProviderSession::close);
        server.close();
        objects.close();
    }
}
