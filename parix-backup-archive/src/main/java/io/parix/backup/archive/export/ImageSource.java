package io.parix.backup.archive.export;

import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.archive.chunk.ChunkSource;
import io.parix.backup.host.Image;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An image as the chunks of a file, its length fixed at the beginning. */
final class ImageSource implements ChunkSource {
    private final Image image;
    private final long length;

    ImageSource(Source source) {
        this.image = source.image();
        try {
            this.length = image.length();
        } catch (IOException e) {
            throw unreadable(0, e);
        }
        long expected = source.facts().fileSize().bytes();
        if (length != expected) {
            throw new FailedException(
                    ErrorCode.IMAGE_MOVED,
                    "Cannot export " + image.name() + ": it had " + expected + " bytes, now " + length
                            + ". Take the image of a file that nothing writes to.");
        }
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public int read(long position, ByteBuffer target) throws IOException {
        return image.read(position, target);
    }

    @Override
    public long nextData(long position) throws IOException {
        return image.nextData(position);
    }

    @Override
    public FailedException unreadable(long position, IOException cause) {
        return new FailedException(
                ErrorCode.IMAGE_UNREADABLE,
                "Cannot read " + image.name() + " at byte " + position + ": " + cause.getMessage()
                        + ". Check the volume that it lies on.",
                cause);
    }
}
