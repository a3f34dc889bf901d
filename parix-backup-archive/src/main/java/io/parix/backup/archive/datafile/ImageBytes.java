package io.parix.backup.archive.datafile;

import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.host.Image;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads spans of an image, with what goes wrong as a coded error that names image and offset. */
final class ImageBytes {
    private ImageBytes() {}

    static long length(Image image) {
        try {
            long length = image.length();
            if (length < 0) {
                throw new IOException("its length is given as " + length);
            }
            return length;
        } catch (IOException e) {
            throw unreadable(image, "its length", e);
        }
    }

    /** Fills {@code target} from its start; what lies past the end of the file stays as it is. */
    static int read(Image image, long position, byte[] target, int count) {
        ByteBuffer buffer = ByteBuffer.wrap(target, 0, count);
        try {
            int read = image.read(position, buffer);
            if (read != buffer.position() || read > count) {
                throw new IOException("the image says " + read + " bytes and gave " + buffer.position());
            }
            return read;
        } catch (IOException e) {
            throw unreadable(image, count + " bytes at offset " + position, e);
        }
    }

    /** Reads exactly {@code count} bytes that the file's length promises. */
    static void readFully(Image image, long position, byte[] target, int count) {
        int read = read(image, position, target, count);
        if (read < count) {
            throw unreadable(
                    image,
                    count + " bytes at offset " + position,
                    new IOException("only " + read + " came, though the file is longer"));
        }
    }

    private static FailedException unreadable(Image image, String what, IOException cause) {
        String message = "Cannot read " + what + " of image " + image.name() + ": " + cause.getMessage()
                + ". Look at the place that the image comes from, and take the backup again.";
        return new FailedException(ErrorCode.IMAGE_UNREADABLE, message, cause);
    }
}
