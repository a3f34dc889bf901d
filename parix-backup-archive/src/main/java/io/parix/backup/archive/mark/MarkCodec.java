package io.parix.backup.archive.mark;

import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.InvalidRequestException;
import io.parix.backup.archive.json.RecordJson;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Marks as bytes: JSON with sorted keys, version 1. */
public final class MarkCodec {
    /** The longest mark. */
    public static final int MAX_LENGTH = 4 << 10;

    private static final String FORMAT = "parix-installation";
    private static final int VERSION = 1;
    private static final RecordJson JSON = RecordJson.upTo(MAX_LENGTH)
            .text(Instant.class, Instant::toString, Instant::parse)
            .build();

    private MarkCodec() {}

    /** The outermost object. */
    private record Document(Instant createdAt, int epoch, String format, String installation, int version) {
        Mark mark() {
            return new Mark(installation, epoch, createdAt);
        }
    }

    /**
     * Writes a mark. Equal marks give equal bytes.
     *
     * @param mark any
     * @return its bytes
     */
    public static byte[] write(Mark mark) {
        byte[] json = JSON.write(new Document(mark.createdAt(), mark.epoch(), FORMAT, mark.installation(), VERSION));
        byte[] line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        return line;
    }

    /**
     * Reads a mark.
     *
     * @param name the object's name, for messages
     * @param epoch which epoch it must be of
     * @param bytes foreign bytes
     * @return the mark
     * @throws FailedException {@link ErrorCode#FORMAT_UNKNOWN} for a newer version, {@link ErrorCode#OBJECT_CORRUPT} for
     *     everything else that is no mark of this epoch
     */
    public static Mark read(String name, int epoch, byte[] bytes) {
        try {
            RecordJson.Stamp stamp = JSON.stamp(bytes);
            if (!stamp.format().equals(FORMAT)) {
                throw corrupt(name, "it is no mark", null);
            }
            requireVersion(name, stamp.version());
            Mark mark = JSON.read(bytes, Document.class).mark();
            if (mark.epoch() != epoch) {
                throw corrupt(name, "it says something else than its name", null);
            }
            return mark;
        } catch (IOException | InvalidRequestException e) {
            throw corrupt(name, "it cannot be read (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    private static void requireVersion(String name, int version) {
        if (version > VERSION) {
            throw new FailedException(
                    ErrorCode.FORMAT_UNKNOWN,
                    "Cannot read " + name + ": its format version is " + version + ", this release knows " + VERSION
                            + ". Use a newer release.");
        }
        if (version != VERSION) {
            throw corrupt(name, "its format version is " + version, null);
        }
    }

    private static FailedException corrupt(String name, String fact, @Nullable Exception cause) {
        String message = "Cannot tell who writes to this place by " + name + ": " + fact
                + ". Nothing is written until it is put right.";
        return cause == null
                ? new FailedException(ErrorCode.OBJECT_CORRUPT, message)
                : new FailedException(ErrorCode.OBJECT_CORRUPT, message, cause);
    }
}
