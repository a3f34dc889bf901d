package io.parix.backup.archive.datafile;

import io.parix.backup.host.Image;
import io.parix.backup.host.ImageKind;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** A real file's sectors in memory. Copies share them until one changes. */
final class RealImage implements Image {
    private static final int SECTOR = DataFileLayout.SECTOR;

    private final String name;
    private final Map<Long, byte[]> sectors;
    private long length;

    RealImage(String name, long length, Map<Long, byte[]> sectors) {
        this.name = name;
        this.length = length;
        this.sectors = sectors;
    }

    RealImage copy() {
        return new RealImage(name, length, new HashMap<>(sectors));
    }

    RealImage flipped(long position) {
        byte[] one = bytes(position, 1);
        one[0] ^= 0x10;
        return with(position, one);
    }

    RealImage zeroed(long position, int count) {
        return with(position, new byte[count]);
    }

    RealImage with(long position, byte[] bytes) {
        RealImage copy = copy();
        for (int i = 0; i < bytes.length; i++) {
            long number = (position + i) / SECTOR;
            if (i == 0 || (position + i) % SECTOR == 0) {
                copy.sectors.put(
                        number,
                        copy.sectors.getOrDefault(number, new byte[SECTOR]).clone());
            }
            copy.sectors.getOrDefault(number, new byte[SECTOR])[(int) ((position + i) % SECTOR)] = bytes[i];
        }
        return copy;
    }

    RealImage withLength(long newLength) {
        RealImage copy = copy();
        copy.length = newLength;
        return copy;
    }

    byte[] bytes(long position, int count) {
        byte[] bytes = new byte[count];
        read(position, ByteBuffer.wrap(bytes));
        return bytes;
    }

    Map<Long, byte[]> sectors() {
        return sectors;
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
        return Instant.EPOCH;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public int read(long position, ByteBuffer target) {
        int done = 0;
        int count = (int) Math.max(0, Math.min(target.remaining(), length - position));
        while (done < count) {
            int within = (int) ((position + done) % SECTOR);
            int piece = Math.min(SECTOR - within, count - done);
            target.put(sectors.getOrDefault((position + done) / SECTOR, new byte[SECTOR]), within, piece);
            done += piece;
        }
        return count;
    }
}
