package io.parix.backup.archive.manifest;

import com.github.luben.zstd.Zstd;
import io.parix.backup.archive.segment.ObjectRef;
import io.parix.backup.archive.segment.SegmentRef;
import io.parix.backup.archive.segment.StoredChunk;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

/** Writes the index of a replica as one object, or several of bounded size. */
public final class IndexWriter {
    private static final int LEVEL = 3;
    private static final int LONGEST_ENTRY = 5 * Varint.MAX_LENGTH + 1 + 32;

    private final IndexSpool spool;
    private final SegmentTable segments;
    private final int replica;

    /** Takes an object of the index. */
    @FunctionalInterface
    public interface Sink {
        /**
         * Stores an object.
         *
         * @param suffix what its name ends with
         * @param bytes all of it
         * @return the object
         */
        ObjectRef put(String suffix, byte[] bytes);
    }

    /**
     * A writer.
     *
     * @param spool the finished index
     * @param segments what it names
     * @param replica the replica's index
     */
    public IndexWriter(IndexSpool spool, SegmentTable segments, int replica) {
        this.spool = spool;
        this.segments = segments;
        this.replica = replica;
    }

    /**
     * Writes all of it.
     *
     * @param sink takes each object
     * @return the objects, in order
     */
    public List<ObjectRef> write(Sink sink) {
        IndexSpool.Cursor cursor = spool.cursor();
        int parts = (int) Math.max(1, -Math.floorDiv(-spool.size(), (long) IndexFormat.MAX_ENTRIES));
        List<ObjectRef> objects = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            long left = spool.size() - (long) part * IndexFormat.MAX_ENTRIES;
            byte[] body = body(take(cursor, (int) Math.min(left, IndexFormat.MAX_ENTRIES)));
            String suffix = parts == 1 ? ".idx" : String.format("-%04d.idx", part);
            objects.add(sink.put(suffix, envelope(part, parts, body)));
        }
        return objects;
    }

    private static List<IndexEntry> take(IndexSpool.Cursor cursor, int count) {
        List<IndexEntry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            entries.add(cursor.next().orElseThrow());
        }
        return entries;
    }

    private byte[] body(List<IndexEntry> entries) {
        SegmentTable local = new SegmentTable();
        entries.forEach(e -> local.number(segments.get(e.segment())));
        int longest = 8 + entries.size() * LONGEST_ENTRY;
        for (int i = 0; i < local.size(); i++) {
            longest += 64 + local.get(i).object().name().length();
        }
        ByteBuffer out = ByteBuffer.allocate(longest).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(local.size());
        for (int i = 0; i < local.size(); i++) {
            writeSegment(out, local.get(i));
        }
        writeEntries(out, entries, local);
        byte[] body = new byte[out.position()];
        out.flip().get(body);
        return body;
    }

    private static void writeSegment(ByteBuffer out, SegmentRef segment) {
        ObjectRef object = segment.object();
        byte[] name = object.name().getBytes(StandardCharsets.US_ASCII);
        out.putShort((short) name.length).put(name).putInt((int) object.length());
        out.put(HexFormat.of().parseHex(object.checksums().sha256()));
        out.putInt(object.checksums().crc32c()).putInt(segment.chunks());
        Instant createdAt = segment.createdAt();
        long seconds = createdAt.getEpochSecond();
        int nanos = createdAt.getNano();
        out.putLong(seconds).putInt(nanos);
    }

    private void writeEntries(ByteBuffer out, List<IndexEntry> entries, SegmentTable local) {
        out.putInt(entries.size());
        long ordinal = -1;
        int segment = 0;
        long expected = 0;
        for (IndexEntry e : entries) {
            StoredChunk chunk = e.chunk();
            int number = local.number(segments.get(e.segment()));
            Varint.write(out, e.number() - ordinal);
            Varint.writeSigned(out, number - segment);
            Varint.writeSigned(out, chunk.offset() - expected);
            Varint.write(out, chunk.length());
            out.put((byte) chunk.encoding().code());
            chunk.id().write(out);
            ordinal = e.number();
            segment = number;
            expected = chunk.end();
        }
    }

    private byte[] envelope(int part, int parts, byte[] body) {
        byte[] packed = Zstd.compress(body, LEVEL);
        ByteBuffer out = ByteBuffer.allocate(IndexFormat.HEADER_LENGTH + packed.length + IndexFormat.TRAILER_LENGTH)
                .order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(IndexFormat.MAGIC).putInt(IndexFormat.VERSION).putInt(replica);
        out.putInt(part).putInt(parts).putInt(body.length).putInt(packed.length).put(packed);
        CRC32C crc = new CRC32C();
        crc.update(out.array(), 0, out.position());
        return out.putInt((int) crc.getValue()).array();
    }
}
