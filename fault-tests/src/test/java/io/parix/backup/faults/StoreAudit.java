package io.parix.backup.faults;

import io.parix.backup.BackupId;
import io.parix.backup.DatabaseId;
import io.parix.backup.archive.manifest.LoadedIndex;
import io.parix.backup.archive.manifest.Manifest;
import io.parix.backup.archive.manifest.ManifestStore;
import io.parix.backup.archive.manifest.NeededSegments;
import io.parix.backup.archive.segment.ArchiveKeys;
import io.parix.backup.archive.segment.ArchiveObjects;
import io.parix.backup.archive.segment.ArchivePlace;
import io.parix.backup.host.KeyPort;
import io.parix.backup.spi.BackupProvider;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectPage;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderSession;
import io.parix.backup.spi.StorageLocation;
import io.parix.backup.spi.StoredObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What lies in a place and no backup that is complete needs, told by the objects alone. */
final class StoreAudit {
    private static final CallContext CALL =
            new CallContext(Duration.ofMinutes(1), () -> false, "audit", CallContext.Purpose.MANIFEST);

    private final BackupProvider provider;
    private final StorageLocation location;

    StoreAudit(BackupProvider provider, StorageLocation location) {
        this.provider = provider;
        this.location = location;
    }

    /** {@return the objects of a database that none of its complete backups names; a named one that is missing, too} */
    List<String> unowned(DatabaseId database, List<BackupId> complete) {
        ArchiveKeys keys = new ArchiveKeys(location.prefix(), database);
        try (ProviderSession session = provider.open(location)) {
            ArchivePlace place = new ArchivePlace(session.objects(), keys, KeyPort.none());
            Set<String> different = new TreeSet<>(owned(place, complete));
            for (String key : keys(place.store(), keys)) {
                if (!different.remove(key)) {
                    different.add(key);
                }
            }
            return List.copyOf(different);
        }
    }

    private static Set<String> owned(ArchivePlace place, List<BackupId> complete) {
        Set<String> owned = new TreeSet<>();
        Path spool = Path.of(System.getProperty("java.io.tmpdir"));
        for (BackupId backup : complete) {
            Manifest manifest = new ManifestStore(place, CALL).read(backup).manifest();
            owned.add(place.keys().manifest(backup).value());
            manifest.replicas().stream()
                    .flatMap(replica -> replica.index().stream())
                    .forEach(index ->
                            owned.add(place.keys().resolve(index.name()).value()));
            ArchiveObjects objects = new ArchiveObjects(place, CALL, manifest.ring(place));
            NeededSegments.of(manifest, new LoadedIndex.From(objects, spool))
                    .keySet()
                    .forEach(name -> owned.add(place.keys().resolve(name).value()));
        }
        return owned;
    }

    private static List<String> keys(ObjectStore store, ArchiveKeys keys) {
        List<String> all = new ArrayList<>();
        @Nullable ObjectKey after = null;
        boolean more = true;
        while (more) {
            ObjectPage page = store.list(keys.root(), after, CALL);
            for (StoredObject object : page.objects()) {
                all.add(object.key().value());
                after = object.key();
            }
            more = page.more();
        }
        return all;
    }
}
