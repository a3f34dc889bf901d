package io.parix.backup.provider.gcp;

import io.parix.backup.servers.gcs.FakeGcs;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderSession;
import io.parix.backup.spi.StorageLocation;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Every verb of an export once, for class paths without Compute Engine; its result is what is wrong with asking for snapshots. */
public final class ExportsOnly implements Callable<String> {
    /** For reflection. */
    public ExportsOnly() {}

    @Override
    public String call() throws Exception {
        try (FakeGcs server = FakeGcs.start()) {
            server.bucket(FakePlace.BUCKET);
            GcpProvider provider = GcpProvider.with(FakePlace.credentials());
            try (ProviderSession session =
                    provider.open(FakePlace.location(FakePlace.BUCKET, server.uri(), Map.of()))) {
                export(session);
            }
            StorageLocation more = FakePlace.location(
                    FakePlace.BUCKET, server.uri(), Map.of("snapshots", "compute", "compute-project", "ledger-prod"));
            return provider.check(more).toString();
        }
    }

    private static void export(ProviderSession session) throws Exception {
        require(session.snapshots().isEmpty(), "snapshots were not asked for");
        require(!session.capabilities().volumeSnapshots().supported(), "snapshots are not claimed");
        ObjectStore store = session.objects();
        ObjectKey key = new ObjectKey("db/a");
        store.putIfAbsent(key, ObjectContent.of(new byte[100]), FakePlace.CALL);
        try (InputStream in = store.get(key, null, FakePlace.CALL)) {
            require(in.readAllBytes().length == 100, "what was written is read");
        }
        require(store.stat(key, FakePlace.CALL).isPresent(), "it is described");
        require(store.list(KeyPrefix.ROOT, null, FakePlace.CALL).objects().size() == 1, "it is listed");
        require(store.delete(List.of(key), FakePlace.CALL).containsValue(new DeleteOutcome.Deleted()), "it is deleted");
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException("It does not hold that " + what);
        }
    }
}
