package io.parix.backup.archive.verify;

import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.archive.chunk.Lockstep;
import io.parix.backup.archive.datafile.DataFileLayout;
import io.parix.backup.archive.flow.Workbench;
import io.parix.backup.archive.manifest.ArchivedReplica;
import io.parix.backup.archive.manifest.IndexEntry;
import io.parix.backup.archive.manifest.LoadedIndex;
import io.parix.backup.archive.manifest.Manifest;
import io.parix.backup.archive.manifest.SegmentTable;
import io.parix.backup.archive.segment.ArchiveObjects;
import io.parix.backup.archive.segment.ArchivePlace;
import io.parix.backup.archive.segment.ChunkDecoder;
import io.parix.backup.archive.segment.ObjectRef;
import io.parix.backup.archive.segment.StoredChunk;
import io.parix.backup.host.Image;
import io.parix.backup.host.ImageKind;
import io.parix.backup.spi.ByteRange;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A stored replica read as a file, so that a backup can be checked as a database would (spec C10) without restoring it.
 *
 * <p>Every chunk is checked against its identity before it is given out; one that is missing or wrong raises a
 * {@link FailedException} that names its object. Memory is bounded by some 16 MiB; ascending access fetches
 * neighbouring chunks
 * together. Safe for parallel reads, which take turns.
 */
public final class ArchivedImage implements Image, AutoCloseable {
    /** The stored bytes fetched together when access goes upwards. */
    private static final int SPAN = 2 << 20;

    /** Between chunks that are wanted, bytes of others that are cheaper to read over than to ask again. */
    private static final int GAP = 64 << 10;

    private static final int SPANS = 4;
    private static final int CHUNKS = 4;

    private final ReentrantLock lock = new ReentrantLock();
    private final DataFileLayout layout;
    private final LoadedIndex index;
    private final ArchiveObjects objects;
    private final ChunkDecoder decoder;
    private final Recent<Long, Span> spans = new Recent<>(SPANS);
    private final Recent<Long, byte[]> chunks = new Recent<>(CHUNKS);
    private long after = -1;

    private ArchivedImage(DataFileLayout layout, LoadedIndex index, ArchiveObjects objects) {
        this.layout = layout;
        this.index = index;
        this.objects = objects;
        this.decoder = new ChunkDecoder(layout.longestChunk());
    }

    /** Stored bytes of neighbouring chunks. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Span(int segment, int offset, byte[] bytes) {
        boolean holds(IndexEntry entry) {
            return entry.segment() == segment
                    && entry.chunk().offset() >= offset
                    && entry.chunk().end() <= (long) offset + bytes.length;
        }
    }

    /** The few things used last. */
    private static final class Recent<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1L;
        private final int most;

        Recent(int most) {
            super(16, 0.75f, true);
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > most;
        }
    }

    /**
     * Opens a replica of a backup; its index is read whole into the spool.
     *
     * @param place where the backup lies
     * @param manifest the backup
     * @param replica the replica's index
     * @param bench spool and call
     * @return the image, to be closed
     * @throws FailedException {@link ErrorCode#OBJECT_MISSING}, {@link ErrorCode#OBJECT_CORRUPT} or
     *     {@link ErrorCode#FORMAT_UNKNOWN} naming an index object; {@link ErrorCode#KEY_LOST} naming a key that the replica needs,
     *     {@link ErrorCode#KEY_UNAVAILABLE}
     */
    public static ArchivedImage open(ArchivePlace place, Manifest manifest, int replica, Workbench bench) {
        ArchiveObjects objects = new ArchiveObjects(place, bench.call(), manifest.ring(place));
        LoadedIndex.From from = new LoadedIndex.From(objects, bench.spool());
        ArchivedReplica archived = manifest.replica(replica);
        LoadedIndex index = LoadedIndex.load(manifest, archived, new SegmentTable(), from);
        return new ArchivedImage(manifest.layout(), index, objects);
    }

    @Override
    public String name() {
        return "replica " + index.replica().facts().index() + " of the backup";
    }

    @Override
    public ImageKind kind() {
        return index.replica().image();
    }

    @Override
    public Instant cutNotBefore() {
        return index.replica().cutNotBefore();
    }

    @Override
    public long length() {
        return index.replica().facts().fileSize().bytes();
    }

    @Override
    public int read(long position, ByteBuffer target) {
        lock.lock();
        try {
            long at = position;
            while (target.hasRemaining() && at < length()) {
                at += readChunk(at, target);
            }
            return (int) (at - position);
        } finally {
            lock.unlock();
        }
    }

    private int readChunk(long position, ByteBuffer target) {
        long ordinal = ordinalOf(position);
        int within = (int) (position - layout.chunkOffset(ordinal));
        int length = Math.min(Lockstep.chunkLength(layout, ordinal, length()) - within, target.remaining());
        long place = index.entries().ceiling(ordinal);
        @Nullable
        IndexEntry entry = place < index.entries().size() ? index.entries().get(place) : null;
        if (entry == null || entry.number() != ordinal) {
            target.put(new byte[length]);
        } else {
            target.put(chunk(entry, place), within, length);
        }
        return length;
    }

    private byte[] chunk(IndexEntry entry, long place) {
        byte[] known = chunks.get(entry.number());
        if (known != null) {
            return known;
        }
        byte[] chunk = ArchiveObjects.again(() -> decoded(entry, place));
        chunks.put(entry.number(), chunk);
        return chunk;
    }

    private byte[] decoded(IndexEntry entry, long place) {
        Span span = span(entry, place);
        int raw = Lockstep.chunkLength(layout, entry.number(), length());
        Optional<ByteBuffer> bytes = decoder.decode(span.bytes(), -span.offset(), entry.chunk(), raw);
        if (bytes.isEmpty()) {
            // What is wrong is not kept: it is fetched anew.
            spans.values().remove(span);
            throw wrong(entry);
        }
        byte[] chunk = new byte[raw];
        bytes.get().get(chunk, 0, bytes.get().remaining());
        return chunk;
    }

    private Span span(IndexEntry entry, long place) {
        for (Map.Entry<Long, Span> recent : spans.entrySet()) {
            if (recent.getValue().holds(entry)) {
                return recent.getValue();
            }
        }
        boolean ascending = place == after;
        StoredChunk chunk = entry.chunk();
        long end = ascending ? neighbours(entry, place) : chunk.end();
        after = ascending ? after : place + 1;
        ObjectRef object = index.segments().get(entry.segment()).object();
        ByteRange range = new ByteRange(chunk.offset(), end - chunk.offset());
        Span span = new Span(entry.segment(), chunk.offset(), objects.fetch(object, range));
        spans.put(place, span);
        return span;
    }

    /** How far a fetch may reach over the chunks that follow in the file, as long as they follow in the segment too. */
    private long neighbours(IndexEntry entry, long place) {
        long end = entry.chunk().end();
        long next = place + 1;
        while (next < index.entries().size()) {
            IndexEntry e = index.entries().get(next);
            long from = e.chunk().offset();
            boolean near = e.segment() == entry.segment() && from >= end && from - end <= GAP;
            if (!near || e.chunk().end() - entry.chunk().offset() > SPAN) {
                break;
            }
            end = e.chunk().end();
            next++;
        }
        after = next;
        return end;
    }

    @Override
    public long nextData(long position) {
        lock.lock();
        try {
            if (position >= length()) {
                return length();
            }
            long place = index.entries().ceiling(ordinalOf(position));
            if (place >= index.entries().size()) {
                return length();
            }
            return Math.max(
                    position, layout.chunkOffset(index.entries().get(place).number()));
        } finally {
            lock.unlock();
        }
    }

    private long ordinalOf(long position) {
        if (position >= layout.gridOffset()) {
            return layout.gridChunk() + (position - layout.gridOffset()) / layout.blockSize();
        }
        long low = 0;
        long high = layout.gridChunk();
        while (high - low > 1) {
            long middle = (low + high) >>> 1;
            if (layout.chunkOffset(middle) <= position) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private FailedException wrong(IndexEntry entry) {
        return new FailedException(
                ErrorCode.OBJECT_CORRUPT,
                "Cannot trust " + index.segments().get(entry.segment()).object().name() + ": the chunk at byte "
                        + entry.chunk().offset() + " is not the one that was written. Use another backup.");
    }

    @Override
    public void close() {
        lock.lock();
        try {
            decoder.close();
            index.close();
        } finally {
            lock.unlock();
        }
    }
}
