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
     *     {@link ErrorCode#FORMAT_UNKNOWN}, naming the object; {@link ErrorCode#KEY_LOST} naming a key that it or one of its segments
     *     needs, {@link ErrorCode#KEY_UNAVAILABLE}
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
                    objects.length(ref),
                    this);
        }
        spool.finish();
        requireOneWay(objects);
        String found = objects.digest(
                parts.get(0).name(), digest.finish(replica.facts().fileSize().bytes()));
        boolean same = found.equals(replica.digest());
        if (!same || spool.size() != replica.chunks()) {
            throw new FailedException(
                    ErrorCode.OBJECT_CORRUPT,
                    "Cannot read index " + parts.get(0).name() + ": it does not describe the file whose digest the"
                            + " manifest holds. Restore another backup; this one is damaged.");
        }
    }

    /** Whoever may open the index may open its segments, and what is sealed names nothing that lies in the clear (spec C13). */
    private void requireOneWay(ArchiveObjects objects) {
        String index = replica.index().get(0).name();
        boolean sealed = objects.isSealed(index);
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i).object().name();
            if (objects.isSealed(segment) != sealed) {
                throw new FailedException(
                        ErrorCode.OBJECT_CORRUPT,
                        "Cannot read index " + index + ": one of it and segment " + segment
                                + " is sealed, and the other is not. Restore another backup; this one is damaged.");
            }
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
