package io.parix.backup.testkit.simulation;

import io.parix.backup.BackupId;
import io.parix.backup.DatabaseId;
import io.parix.backup.archive.flow.ByteProgress;
import io.parix.backup.archive.flow.Workbench;
import io.parix.backup.archive.manifest.ArchivedReplica;
import io.parix.backup.archive.manifest.Manifest;
import io.parix.backup.archive.manifest.ManifestStore;
import io.parix.backup.archive.restore.RestoreRequest;
import io.parix.backup.archive.restore.StagedRestore;
import io.parix.backup.archive.restore.Target;
import io.parix.backup.archive.segment.ArchiveKeys;
import io.parix.backup.archive.segment.ArchivePlace;
import io.parix.backup.host.KeyPort;
import io.parix.backup.spi.ByteRange;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectPage;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.StoredObject;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Brings the files of a backup back from nothing but the place, and notes what that took. */
final class Audit {
    /**
     * What a backup holds.
     *
     * @param files of all replicas
     * @param needed every object that was read for them, in an order that is the same in every process
     * @param manifest what it says of itself
     */
    record Found(List<byte[]> files, Set<String> needed, Manifest manifest) {}

    private final ObjectStore store;
    private final KeyPort keys;
    private final Path spool;

    Audit(ObjectStore store, KeyPort keys, Path spool) {
        this.store = store;
        this.keys = keys;
        this.spool = spool;
    }

    /** Raises what reading raises; what was read until then is among the objects that are handed in. */
    Found of(DatabaseId database, BackupId backup, Set<String> read) {
        Noting noting = new Noting(store, read);
        ArchivePlace place = new ArchivePlace(noting, new ArchiveKeys(World.PREFIX, database), keys);
        Manifest manifest = new ManifestStore(place, World.CALL).read(backup).manifest();
        List<MemoryFile> files = new ArrayList<>();
        List<Target> targets = new ArrayList<>();
        for (ArchivedReplica replica : manifest.replicas()) {
            MemoryFile file = new MemoryFile();
            files.add(file);
            targets.add(new Target(replica.facts().index(), file));
        }
        StagedRestore.run(
                new RestoreRequest(place, manifest, targets, 1),
                new Workbench(Runnable::run, spool, World.CALL, ByteProgress.NONE));
        return new Found(files.stream().map(MemoryFile::bytes).toList(), new TreeSet<>(read), manifest);
    }

    /** Whether the manifest of a backup can be read. */
    boolean reads(DatabaseId database, BackupId backup) {
        ArchivePlace place = new ArchivePlace(store, new ArchiveKeys(World.PREFIX, database), keys);
        try {
            var unused = new ManifestStore(place, World.CALL).read(backup);
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static final class Noting implements ObjectStore {
        private final ObjectStore right;
        private final Set<String> read;

        Noting(ObjectStore right, Set<String> read) {
            this.right = right;
            this.read = read;
        }

        @Override
        public InputStream get(ObjectKey key, @Nullable ByteRange range, CallContext call) {
            read.add(key.value());
            return right.get(key, range, call);
        }

        @Override
        public Optional<StoredObject> stat(ObjectKey key, CallContext call) {
            return right.stat(key, call);
        }

        @Override
        public ObjectPage list(KeyPrefix prefix, @Nullable ObjectKey after, CallContext call) {
            return right.list(prefix, after, call);
        }

        @Override
        public StoredObject putIfAbsent(ObjectKey key, ObjectContent content, CallContext call) {
            throw new UnsupportedOperationException("An audit writes nothing");
        }

        @Override
        public Map<ObjectKey, DeleteOutcome> delete(List<ObjectKey> keys, CallContext call) {
            throw new UnsupportedOperationException("An audit deletes nothing");
        }
    }
}
