package io.parix.backup.testkit.datafile;

import io.parix.backup.host.Image;
import io.parix.backup.host.ImageKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * An image in memory that holds only the sectors that were written; everything else is zero.
 *
 * <p>Parallel reads are safe as long as nobody changes it.
 */
public final class SparseImage implements Image, Sink {
    private static final int SECTOR = 4096;

    private final String name;
    private final Instant cutNotBefore;
    private final NavigableMap<Long, byte[]> sectors = new TreeMap<>();
    private long length;

    /**
     * An empty image.
     *
     * @param name what findings call it
     * @param cutNotBefore what {@link #cutNotBefore()} says
     */
    public SparseImage(String name, Instant cutNotBefore) {
        this.name = name;
        this.cutNotBefore = cutNotBefore;
    }

    /**
     * A copy that can be changed by itself.
     *
     * @param name what findings call the copy
     * @return the same bytes
     */
    public SparseImage copy(String name) {
        SparseImage copy = new SparseImage(name, cutNotBefore);
        sectors.forEach((number, sector) -> copy.sectors.put(number, sector.clone()));
        copy.length = length;
        return copy;
    }

    /**
     * All bytes, for images that are small.
     *
     * @return a copy of them, zeros included
     * @throws ArithmeticException when they are 2 GiB or more
     */
    public byte[] bytes() {
        byte[] all = new byte[Math.toIntExact(length)];
        sectors.forEach((number, sector) -> {
            int at = Math.toIntExact(number * SECTOR);
            System.arraycopy(sector, 0, all, at, Math.min(SECTOR, all.length - at));
        });
        return all;
    }

    /**
     * Flips bits of one byte.
     *
     * @param position within the image
     * @param mask which bits
     */
    public void flip(long position, int mask) {
        sector(position)[(int) (position % SECTOR)] ^= (byte) mask;
    }

    /**
     * Makes a span zero.
     *
     * @param position where it begins
     * @param count how many bytes
     */
    public void zero(long position, long count) {
        long end = Math.min(position + count, length);
        long at = position;
        while (at < end) {
            long next = Math.min(end, (at / SECTOR + 1) * SECTOR);
            byte[] sector = sectors.get(at / SECTOR);
            if (sector != null) {
                Arrays.fill(sector, (int) (at % SECTOR), (int) (at % SECTOR + next - at), (byte) 0);
            }
            at = next;
        }
    }

    @Override
    public void write(long position, byte[] bytes, int count) {
        int done = 0;
        while (done < count) {
            long at = position + done;
            int within = (int) (at % SECTOR);
            int piece = Math.min(SECTOR - within, count - done);
            System.arraycopy(bytes, done, sector(at), within, piece);
            done += piece;
        }
        length = Math.max(length, position + count);
    }

    /** Cuts the image off, or lengthens it with zeros. */
    @Override
    public void setLength(long length) {
        if (length < this.length) {
            zero(length, this.length - length);
            sectors.tailMap((length + SECTOR - 1) / SECTOR, true).clear();
        }
        this.length = length;
    }

    private byte[] sector(long position) {
        return sectors.computeIfAbsent(position / SECTOR, n -> new byte[SECTOR]);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ImageKind kind() {
        return ImageKind.STOPPED;
    }

    @Override
    public Instant cutNotBefore() {
        return cutNotBefore;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public int read(long position, ByteBuffer target) throws IOException {
        if (position < 0) {
            throw new IOException("position " + position + " is negative");
        }
        int count = (int) Math.max(0, Math.min(target.remaining(), length - position));
        int done = 0;
        while (done < count) {
            long at = position + done;
            int within = (int) (at % SECTOR);
            int piece = Math.min(SECTOR - within, count - done);
            byte[] sector = sectors.get(at / SECTOR);
            target.put(sector == null ? new byte[piece] : sector, sector == null ? 0 : within, piece);
            done += piece;
        }
        return count;
    }

    @Override
    public long nextData(long position) {
        byte[] here = sectors.get(position / SECTOR);
        if (here != null) {
            return Math.min(position, length);
        }
        Long next = sectors.higherKey(position / SECTOR);
        return next == null ? length : Math.min(next * SECTOR, length);
    }
}
