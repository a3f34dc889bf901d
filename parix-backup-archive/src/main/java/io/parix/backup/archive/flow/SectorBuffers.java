package io.parix.backup.archive.flow;

import java.nio.ByteBuffer;

/** Direct buffers that begin at a sector, so that files may be read and written past the page cache. */
public final class SectorBuffers {
    private static final int SECTOR = 4096;

    private SectorBuffers() {}

    /**
     * A buffer.
     *
     * @param size the bytes that it shall hold at least
     * @return a direct buffer whose memory begins at a multiple of 4,096
     */
    public static ByteBuffer allocate(int size) {
        int sectors = (size + SECTOR - 1) / SECTOR;
        return ByteBuffer.allocateDirect((sectors + 1) * SECTOR).alignedSlice(SECTOR);
    }
}
