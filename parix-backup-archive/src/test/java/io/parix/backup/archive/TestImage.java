package io.parix.backup.archive;

import io.parix.backup.ByteSize;
import io.parix.backup.ReplicaFacts;
import io.parix.backup.archive.datafile.DataFileLayout;
import io.parix.backup.archive.export.Source;
import io.parix.backup.host.Image;
import io.parix.backup.host.ImageKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Random;

/** A file in memory, cut as {@link DataFileLayout#TINY} is. */
public final class TestImage implements Image {
    public static final DataFileLayout LAYOUT = DataFileLayout.TINY;
    public static final Instant CUT = Instant.parse("2026-01-02T03:04:05Z");

    private final byte[] bytes;
    private long unreadableFrom = Long.MAX_VALUE;

    public TestImage(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Random content: some chunks zero, some compressible, some not, some partly zero. */
    public static TestImage random(long seed, int gridBlocks) {
        return random(seed, (int) LAYOUT.gridOffset() + gridBlocks * LAYOUT.blockSize(), true);
    }

    public static TestImage random(long seed, int length, boolean withZeros) {
        byte[] bytes = new byte[length];
        Random random = new Random(seed);
        long chunks = LAYOUT.chunkCount(length);
        for (long ordinal = 0; ordinal < chunks; ordinal++) {
            int from = (int) LAYOUT.chunkOffset(ordinal);
            int size = Math.min(LAYOUT.chunkLength(ordinal), length - from);
            int kind = random.nextInt(withZeros ? 4 : 3);
            byte[] chunk = new byte[kind == 2 ? size / 2 : size];
            random.nextBytes(chunk);
            if (kind == 1) {
                for (int i = 0; i < chunk.length; i++) {
                    chunk[i] = (byte) ((chunk[i] & 1) + 1);
                }
            }
            if (kind != 3) {
                System.arraycopy(chunk, 0, bytes, from, chunk.length);
            }
        }
        return new TestImage(bytes);
    }

    /** The same file with one chunk filled anew. */
    public TestImage withChunk(long ordinal, int value) {
        byte[] changed = bytes.clone();
        int from = (int) LAYOUT.chunkOffset(ordinal);
        int to = Math.min(changed.length, from + LAYOUT.chunkLength(ordinal));
        for (int i = from; i < to; i++) {
            changed[i] = (byte) value;
        }
        return new TestImage(changed);
    }

    public TestImage cutTo(int length) {
        return new TestImage(java.util.Arrays.copyOf(bytes, length));
    }

    public TestImage unreadableFrom(long position) {
        unreadableFrom = position;
        return this;
    }

    public byte[] bytes() {
        return bytes;
    }

    public Source source(int replica, int count) {
        return new Source(new ReplicaFacts(replica, count, "77", "0.17.8", 959, new ByteSize(bytes.length)), this);
    }

    @Override
    public String name() {
        return "77_x.tigerbeetle";
    }

    @Override
    public ImageKind kind() {
        return ImageKind.STOPPED;
    }

    @Override
    public Instant cutNotBefore() {
        return CUT;
    }

    @Override
    public long length() {
        return bytes.length;
    }

    @Override
    public int read(long position, ByteBuffer target) throws IOException {
        if (position >= unreadableFrom) {
            throw new IOException("medium error");
        }
        int n = (int) Math.max(0, Math.min(target.remaining(), bytes.length - position));
        target.put(bytes, (int) position, n);
        return n;
    }
}
