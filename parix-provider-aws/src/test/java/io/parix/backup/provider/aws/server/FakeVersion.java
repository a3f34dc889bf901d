package io.parix.backup.provider.aws.server;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A version of an object, or a marker that one was deleted. Guarded by its bucket. */
public final class FakeVersion {
    private final String id;
    private final byte[] bytes;
    private final Map<String, String> headers;
    private final Instant created;
    private final boolean marker;
    private @Nullable Instant retainUntil;
    private boolean held;

    private FakeVersion(String id, byte[] bytes, Map<String, String> headers, Instant created, boolean marker) {
        this.id = id;
        this.bytes = bytes;
        this.headers = new TreeMap<>(headers);
        this.created = created;
        this.marker = marker;
    }

    static FakeVersion object(String id, byte[] bytes, Map<String, String> headers, Instant created) {
        return new FakeVersion(id, bytes, headers, created, false);
    }

    static FakeVersion marker(String id, Instant created) {
        return new FakeVersion(id, new byte[0], Map.of(), created, true);
    }

    /** {@return its id; {@code null} as text in a bucket without versions} */
    public String id() {
        return id;
    }

    /** {@return its bytes, which a test may change} */
    public byte[] bytes() {
        return bytes;
    }

    /** {@return what goes with it: checksums, metadata, encryption, storage class, tags, by header} */
    public Map<String, String> headers() {
        return headers;
    }

    Instant created() {
        return created;
    }

    boolean isMarker() {
        return marker;
    }

    @Nullable
    Instant retainUntil() {
        return retainUntil;
    }

    void retain(@Nullable Instant until) {
        retainUntil = until;
    }

    boolean isHeld() {
        return held;
    }

    void hold(boolean on) {
        held = on;
    }

    boolean isLocked(Instant now) {
        Instant until = retainUntil;
        return held || (until != null && until.isAfter(now));
    }
}
