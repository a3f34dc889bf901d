package io.parix.backup.archive.mark;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.InvalidRequestException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Marks as bytes: JSON with sorted keys, version 1. */
public final class MarkCodec {
    /** The longest mark. */
    public static final int MAX_LENGTH = 4 << 10;

    private static final String FORMAT = "parix-installation";
    private static final int VERSION = 1;
    private static final int KEYS = 5;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private MarkCodec() {}

    /**
     * Writes a mark. Equal marks give equal bytes.
     *
     * @param mark any
     * @return its bytes
     */
    public static byte[] write(Mark mark) {
        ObjectNode node = JSON.createObjectNode()
                .put("createdAt", mark.createdAt().toString())
                .put("epoch", mark.epoch())
                .put("format", FORMAT)
                .put("installation", mark.installation())
                .put("version", VERSION);
        return (node + "\n").getBytes(StandardCharsets.UTF_8);
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
            JsonNode tree = JSON.readTree(bytes);
            if (!FORMAT.equals(tree.path("format").textValue())
                    || !tree.path("version").isInt()) {
                throw corrupt(name, "it is no mark", null);
            }
            requireVersion(name, tree.path("version").intValue());
            if (tree.size() != KEYS
                    || !tree.path("epoch").isInt()
                    || tree.path("epoch").intValue() != epoch) {
                throw corrupt(name, "it says something else than its name", null);
            }
            Instant createdAt = Instant.parse(tree.path("createdAt").asText());
            return new Mark(tree.path("installation").asText(), epoch, createdAt);
        } catch (JacksonException | DateTimeException | InvalidRequestException e) {
            throw corrupt(name, "it cannot be read (" + e.getClass().getSimpleName() + ")", e);
        } catch (IOException e) {
            throw corrupt(name, "it cannot be read", e);
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
