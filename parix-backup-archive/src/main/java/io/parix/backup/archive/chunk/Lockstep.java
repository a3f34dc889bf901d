package io.parix.backup.archive.chunk;

import io.parix.backup.archive.datafile.DataFileLayout;
import io.parix.backup.archive.flow.SectorBuffers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Reads several files side by side, one row of chunks at a time, and tells which of them are equal. For one thread;
 * each
 * thread has its own.
 *
 * <p>Equal bytes are found by comparing them, not by hashing, so that a row of a cluster at rest is hashed once.
 */
public final class Lockstep {
    /** The group of a chunk that is all zero, or past the end of its file. */
    public static final int NOTHING = -1;

    private static final int SECTOR = DataFileLayout.SECTOR;
    private static final int STRIDE = 16 * SECTOR;

    private final List<? extends ChunkSource> sources;
    private final DataFileLayout layout;
    private final ByteBuffer[] buffers;
    private final int[] groups;
    private final long[] dataFrom;

    /**
     * A reader.
     *
     * @param sources the files
     * @param layout at which boundaries they are cut
     */
    public Lockstep(List<? extends ChunkSource> sources, DataFileLayout layout) {
        this.sources = sources;
        this.layout = layout;
        this.buffers = new ByteBuffer[sources.size()];
        this.groups = new int[sources.size()];
        this.dataFrom = new long[sources.size()];
        for (int i = 0; i < buffers.length; i++) {
            buffers[i] = SectorBuffers.allocate(layout.longestChunk());
        }
    }

    /**
     * Reads a row; rows are read in ascending order.
     *
     * @param ordinal the chunk's ordinal
     * @return how many bytes it covers in all files
     */
    public long read(long ordinal) {
        long position = layout.chunkOffset(ordinal);
        long covered = 0;
        for (int i = 0; i < groups.length; i++) {
            int length = chunkLength(layout, ordinal, sources.get(i).length());
            groups[i] = fill(i, position, length) ? leader(i) : NOTHING;
            covered += length;
        }
        return covered;
    }

    /**
     * The chunk of a file.
     *
     * @param file its place in the list
     * @return the place of the first file with an equal chunk, itself if there is none, or {@link #NOTHING}
     */
    public int group(int file) {
        return groups[file];
    }

    /**
     * The data of a chunk: its bytes without the zero sectors at its end.
     *
     * @param file its place in the list, of a chunk that is not {@link #NOTHING}
     * @return a direct buffer from 0 to the end of the data, good until the next row; its position and limit are the
     *     caller's
     */
    public ByteBuffer bytes(int file) {
        return buffers[file].duplicate();
    }

    /**
     * The length of a chunk in a file, of which the last may be short.
     *
     * @param layout at which boundaries the file is cut
     * @param ordinal the chunk's ordinal
     * @param fileLength the file's length
     * @return bytes; 0 past the end
     */
    public static int chunkLength(DataFileLayout layout, long ordinal, long fileLength) {
        long left = fileLength - layout.chunkOffset(ordinal);
        return (int) Math.max(0, Math.min(left, layout.chunkLength(ordinal)));
    }

    private boolean fill(int file, long position, int length) {
        ByteBuffer buffer = buffers[file].clear().limit(length);
        ChunkSource source = sources.get(file);
        if (length == 0 || position + length <= dataFrom[file]) {
            return false;
        }
        try {
            dataFrom[file] = source.nextData(position);
            if (position + length <= dataFrom[file]) {
                return false;
            }
            int read = source.read(position, buffer);
            if (read != length) {
                throw new IOException("it ends after " + (position + read) + " of " + source.length() + " bytes");
            }
        } catch (IOException e) {
            throw source.unreadable(position, e);
        }
        buffer.limit(dataLength(buffer.flip()));
        return buffer.hasRemaining();
    }

    private int leader(int file) {
        for (int i = 0; i < file; i++) {
            if (groups[i] == i && buffers[i].mismatch(buffers[file]) < 0) {
                return i;
            }
        }
        return file;
    }

    /**
     * How many bytes of a chunk are its data: up to the end of the last sector, counted from the chunk's beginning, that is
     * not all zero. What follows need not be hashed, stored or written.
     */
    static int dataLength(ByteBuffer chunk) {
        return withoutZeros(chunk, withoutZeros(chunk, chunk.limit(), STRIDE), SECTOR);
    }

    private static int withoutZeros(ByteBuffer chunk, int length, int step) {
        int end = length;
        while (end > 0) {
            int from = (end - 1) / step * step;
            if (!isZero(chunk.slice(from, end - from))) {
                return end;
            }
            end = from;
        }
        return 0;
    }

    /** Compares a buffer with itself moved by 8 bytes: it is zero when its beginning is. Needs no second buffer. */
    static boolean isZero(ByteBuffer buffer) {
        int length = buffer.remaining();
        int head = Math.min(length, Long.BYTES);
        for (int i = 0; i < head; i++) {
            if (buffer.get(buffer.position() + i) != 0) {
                return false;
            }
        }
        ByteBuffer moved = buffer.slice(buffer.position() + head, length - head);
        return buffer.slice(buffer.position(), length - head).mismatch(moved) < 0;
    }
}
