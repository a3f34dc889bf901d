package io.parix.backup.provider.gcp;

import io.parix.backup.provider.gcp.server.FakeGce;
import io.parix.backup.servers.gcs.FakeGcs;
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

/** A fake Compute Engine with two disks, beside a fake Cloud Storage, and sessions on both; all of them closed with it. */
final class FakeVolumes implements AutoCloseable {
    static final Map<String, String> LABELS = Map.of("parix-database", "db-1", "parix-backup", "b1");
    static final Map<String, String> ZONE = Map.of("zone", "europe-west3-a");
    static final String LABEL = "parix-snapshot";
    static final CallContext CALL = FakePlace.call(CallContext.Purpose.SNAPSHOT, Duration.ofMinutes(1));

    final VirtualClock clock = new VirtualClock(Instant.parse("2026-11-23T09:00:00Z"));
    final FakeGce server = FakeGce.start(clock);
    final String volume = server.disks().disk("zones/europe-west3-a");
    final String other = server.disks().disk("regions/europe-west3");

    private final FakeGcs objects = FakeGcs.start();
    private final List<ProviderSession> opened = new ArrayList<>();

    FakeVolumes() {
        objects.bucket(FakePlace.BUCKET);
    }

    /** {@return the Cloud Storage beside it} */
    FakeGcs objects() {
        return objects;
    }

    GcpProvider provider() {
        return GcpProvider.with(FakePlace.credentials()).withClock(clock);
    }

    StorageLocation location(URI endpoint, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("snapshots", "compute");
        settings.put("compute-project", FakeGce.PROJECT);
        settings.put("compute-endpoint", endpoint.toString());
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
        return server.disks().snapshots(LABEL, name).size();
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
