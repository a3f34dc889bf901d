package io.parix.backup.archive.manifest;

import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.archive.chunk.FileDigest;
import io.parix.backup.archive.segment.ArchiveObjects;
import io.parix.backup.archive.segment.ObjectRef;
import java.nio.file.Path;
import java.util.List;

/**
 * The index of one replica, read from its objects, checked, and spooled. What it says is then known to be what the
 * manifest's
 * digest covers.
 */
public final class LoadedIndex implements AutoCloseable {
    private final ArchivedReplica replica;
    private final SegmentTable segments;
    private final IndexSpool spool;
    private final FileDigest digest = new FileDigest();
    private final long chunkCount;

    private LoadedIndex(Manifest manifest, ArchivedReplica replica, SegmentTable segments, Path directory) {
        this.replica = replica;
        this.segments = segments;
        this.chunkCount =
                manifest.layout().chunkCount(replica.facts().fileSize().bytes());
        this.spool = new IndexSpool(directory);
    }

    /**
     * Reads the index of a replica.
     *
     * @param manifest the backup
     * @param replica one of its replicas
     * @param segments numbers the segments, shared by the indexes that are read together
     * @param from reads the objects and says where to spool
     * @return the index, to be closed
     * @throws FailedException {@link ErrorCode#OBJECT_MISSING}, {@link ErrorCode#OBJECT_CORRUPT} or
     *     {@link ErrorCode#FORMAT_UNKNOWN}, naming the object
     */
    public static LoadedIndex load(Manifest manifest, ArchivedReplica replica, SegmentTable segments, From from) {
        LoadedIndex index = new LoadedIndex(manifest, replica, segments, from.spool());
        try {
            index.load(from.objects());
            return index;
        } catch (RuntimeException e) {
            index.close();
            throw e;
        }
    }

    /**
     * Where an index is read from and spooled to.
     *
     * @param objects reads the objects
     * @param spool a directory
     */
    public record From(ArchiveObjects objects, Path spool) {}

    private void load(ArchiveObjects objects) {
        List<ObjectRef> parts = replica.index();
        for (int part = 0; part < parts.size(); part++) {
            ObjectRef ref = parts.get(part);
            byte[] bytes = objects.fetch(ref, new byte[0]);
            IndexReader.read(
                    new IndexReader.Place(ref.name(), replica.facts().index(), part, parts.size()),
                    bytes,
                    (int) ref.length(),
                    this);
        }
        spool.finish();
        boolean same = digest.finish(replica.facts().fileSize().bytes()).equals(replica.digest());
        if (!same || spool.size() != replica.chunks()) {
            throw new FailedException(
                    ErrorCode.OBJECT_CORRUPT,
                    "Cannot read index " + parts.get(0).name() + ": it does not describe the file whose digest the"
                            + " manifest holds. Restore another backup; this one is damaged.");
        }
    }

    void add(IndexEntry entry) {
        if (entry.number() >= chunkCount) {
            throw new IllegalArgumentException("chunk " + entry.number() + " lies after the end of the file");
        }
        spool.add(entry);
        digest.add(entry.number(), entry.chunk().id());
    }

    /** {@return which replica} */
    public ArchivedReplica replica() {
        return replica;
    }

    /** {@return what numbers its segments} */
    public SegmentTable segments() {
        return segments;
    }

    /** {@return its entries} */
    public IndexSpool entries() {
        return spool;
    }

    @Override
    public void close() {
        spool.close();
    }
}
