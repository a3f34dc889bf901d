package io.parix.backup.servers.gcs;

import com.google.gson.JsonObject;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** A generation of an object. Guarded by its bucket. */
public final class FakeObject {
    private final long generation;
    private final Content content;
    private final JsonObject resource;
    private final Instant created;
    private @Nullable Instant retainUntil;
    private boolean temporaryHold;
    private boolean eventBasedHold;

    FakeObject(long generation, Content content, JsonObject resource, Instant created) {
        this.generation = generation;
        this.content = content;
        this.resource = resource.deepCopy();
        this.created = created;
    }

    long generation() {
        return generation;
    }

    /** {@return its bytes, which a test may change where they are in memory} */
    public byte[] bytes() {
        return content.whole();
    }

    Content content() {
        return content;
    }

    /** {@return what came with it: metadata, storage class, key, checksums} */
    public JsonObject resource() {
        return resource;
    }

    Instant created() {
        return created;
    }

    void retain(@Nullable Instant until) {
        retainUntil = until;
    }

    /**
     * Puts it under holds, or takes it out.
     *
     * @param temporary whether under a temporary one
     * @param eventBased whether under one that an event ends
     */
    void hold(boolean temporary, boolean eventBased) {
        temporaryHold = temporary;
        eventBasedHold = eventBased;
    }

    boolean isHeld() {
        return temporaryHold || eventBasedHold;
    }

    boolean isRetained(Instant now) {
        Instant until = retainUntil;
        return until != null && until.isAfter(now);
    }

    static String crc32c(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length);
        return base64((int) crc.getValue());
    }

    static String base64(int crc32c) {
        return Base64.getEncoder()
                .encodeToString(
                        ByteBuffer.allocate(Integer.BYTES).putInt(crc32c).array());
    }

    /** {@return the checksum that it was stored with, whatever has become of its bytes} */
    String kept() {
        return resource.get("crc32c").getAsString();
    }

    /** {@return the resource as the reference of objects has it} */
    JsonObject described(String bucket, String name) {
        JsonObject json = resource.deepCopy();
        json.addProperty("kind", "storage#object");
        json.addProperty("id", bucket + "/" + name + "/" + generation);
        json.addProperty("bucket", bucket);
        json.addProperty("name", name);
        json.addProperty("generation", String.valueOf(generation));
        json.addProperty("metageneration", "1");
        json.addProperty("size", String.valueOf(content.size()));
        json.addProperty("timeCreated", created.toString());
        json.addProperty("updated", created.toString());
        if (temporaryHold) {
            json.addProperty("temporaryHold", true);
        }
        if (eventBasedHold) {
            json.addProperty("eventBasedHold", true);
        }
        return json;
    }

    /** {@return the same with what the policy of its bucket, or its own configuration, says} */
    JsonObject retained(JsonObject json, boolean byItself) {
        Instant until = retainUntil;
        if (until != null && byItself) {
            JsonObject retention = new JsonObject();
            retention.addProperty("mode", "Locked");
            retention.addProperty("retainUntilTime", until.toString());
            json.add("retention", retention);
        } else if (until != null) {
            json.addProperty("retentionExpirationTime", until.toString());
        }
        return json;
    }
}
