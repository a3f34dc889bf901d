package io.parix.backup.archive.manifest;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.InvalidRequestException;
import io.parix.backup.archive.chunk.ChunkId;
import io.parix.backup.archive.segment.ArchiveKeys;
import io.parix.backup.archive.segment.Encoding;
import io.parix.backup.archive.segment.ObjectRef;
import io.parix.backup.archive.segment.SegmentRef;
import io.parix.backup.archive.segment.StoredChunk;
import io.parix.backup.spi.Checksums;
import io.parix.backup.spi.ObjectKey;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

/** Reads one object of an index from foreign bytes: every size is checked before memory is taken for it. */
final class IndexReader {
    private final String name;
    private final byte[] bytes;
    private final ByteBuffer in;

    private IndexReader(String name, byte[] bytes, int length) {
        this.name = name;
        this.bytes = bytes;
        this.in = ByteBuffer.wrap(bytes, 0, length).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** What the object must be. */
    record Place(String name, int replica, int part, int parts) {}

    /**
     * Adds the entries of an object to a spool and its segments to a table.
     *
     * @param place what it must be
     * @param bytes all of it, and maybe more
     * @param length its length
     * @param target takes the entries; complete only when nothing is thrown
     */
    static void read(Place place, byte[] bytes, int length, LoadedIndex target) {
        IndexReader object = new IndexReader(place.name(), bytes, length);
        byte[] body = object.body(place, length);
        new IndexReader(place.name(), body, body.length).entries(target);
    }

    private byte[] body(Place place, int length) {
        require(length >= IndexFormat.HEADER_LENGTH + IndexFormat.TRAILER_LENGTH, "it is too short to be one");
        require(in.getLong() == IndexFormat.MAGIC, "it does not begin as one");
        requireVersion(in.getInt());
        require(checksum(length) == in.getInt(length - IndexFormat.TRAILER_LENGTH), "its checksum is wrong");
        require(in.getInt() == place.replica(), "it is of another replica");
        require(in.getInt() == place.part() && in.getInt() == place.parts(), "it is another part of the index");
        int raw = in.getInt();
        int packed = in.getInt();
        require(raw >= 8 && raw <= IndexFormat.MAX_BODY, "it claims a body of " + raw + " bytes");
        require(packed == length - IndexFormat.HEADER_LENGTH - IndexFormat.TRAILER_LENGTH, "its body does not fit");
        return unpack(raw, packed);
    }

    private byte[] unpack(int raw, int packed) {
        byte[] body = new byte[raw];
        try (ZstdDecompressCtx zstd = new ZstdDecompressCtx()) {
            int read = zstd.decompressByteArray(body, 0, raw, bytes, in.position(), packed);
            require(read == raw, "its body is shorter than it says");
            return body;
        } catch (ZstdException e) {
            throw corrupt("its body cannot be decompressed");
        }
    }

    private int checksum(int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length - IndexFormat.TRAILER_LENGTH);
        return (int) crc.getValue();
    }

    private void entries(LoadedIndex target) {
        try {
            List<SegmentRef> segments = segments();
            int[] numbers =
                    segments.stream().mapToInt(target.segments()::number).toArray();
            int count = in.getInt();
            require(count >= 0 && count <= IndexFormat.MAX_ENTRIES, "it claims " + count + " entries");
            Previous previous = new Previous(-1, 0, 0);
            for (int i = 0; i < count; i++) {
                previous = entry(previous, segments, numbers, target);
            }
            require(!in.hasRemaining(), "there are bytes after its last entry");
        } catch (BufferUnderflowException e) {
            throw corrupt("its body ends early");
        } catch (IllegalArgumentException | InvalidRequestException | DateTimeException | ArithmeticException e) {
            throw corrupt(String.valueOf(e.getMessage()));
        }
    }

    private record Previous(long number, int segment, long end) {}

    private Previous entry(Previous before, List<SegmentRef> segments, int[] numbers, LoadedIndex target) {
        long ordinal = Math.addExact(before.number(), Varint.read(in));
        long segment = before.segment() + Varint.readSigned(in);
        require(segment >= 0 && segment < numbers.length, "an entry names segment " + segment);
        long offset = before.end() + Varint.readSigned(in);
        long length = Varint.read(in);
        Encoding encoding = Encoding.of(in.get());
        ChunkId id = ChunkId.read(in);
        long room = segments.get((int) segment).object().length();
        require(
                ordinal > before.number() && offset >= 0 && length > 0 && length <= room && offset <= room - length,
                "the entry of chunk " + ordinal + " lies outside its segment");
        StoredChunk chunk = new StoredChunk(id, (int) offset, (int) length, encoding);
        target.add(new IndexEntry(ordinal, numbers[(int) segment], chunk));
        return new Previous(ordinal, (int) segment, chunk.end());
    }

    private List<SegmentRef> segments() {
        int count = in.getInt();
        require(count >= 0 && count <= in.remaining() / 58, "it claims " + count + " segments");
        List<SegmentRef> segments = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            segments.add(segment());
        }
        return segments;
    }

    private SegmentRef segment() {
        int length = in.getShort();
        require(length > 0 && length <= in.remaining(), "a segment's name does not fit");
        byte[] text = new byte[length];
        in.get(text);
        String segmentName = new ObjectKey(new String(text, StandardCharsets.US_ASCII)).value();
        require(ArchiveKeys.isSegment(segmentName), "it names something that is no segment");
        int objectLength = in.getInt();
        byte[] sha = new byte[32];
        in.get(sha);
        Checksums checksums = new Checksums(in.getInt(), HexFormat.of().formatHex(sha));
        int chunks = in.getInt();
        Instant createdAt = Instant.ofEpochSecond(in.getLong(), in.getInt());
        return new SegmentRef(new ObjectRef(segmentName, objectLength, checksums), createdAt, chunks);
    }

    private void requireVersion(int version) {
        if (version > IndexFormat.VERSION) {
            throw new FailedException(
                    ErrorCode.FORMAT_UNKNOWN,
                    "Cannot read index " + name + ": its format version is " + version + ", this release knows "
                            + IndexFormat.VERSION + ". Use a newer release.");
        }
        require(version == IndexFormat.VERSION, "its format version is " + version);
    }

    private void require(boolean holds, String fact) {
        if (!holds) {
            throw corrupt(fact);
        }
    }

    private FailedException corrupt(String fact) {
        return new FailedException(
                ErrorCode.OBJECT_CORRUPT,
                "Cannot read index " + name + ": " + fact + ". Restore another backup; this object is damaged.");
    }
}
