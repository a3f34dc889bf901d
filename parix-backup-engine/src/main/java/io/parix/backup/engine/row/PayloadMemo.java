package io.parix.backup.engine.row;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the payloads that were read last say. A step reads its row several times, each look at a database reads the rows of all its
 * backups, and nearly all of them are as they were. Safe for concurrent calls.
 */
final class PayloadMemo {
    private static final int MOST = 1_000;

    /** Manifests that wait for their commit make rows long, and are read a few times only. */
    private static final int LONGEST = 16 << 10;

    private final Map<Key, Record> latest = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Record> eldest) {
            return size() > MOST;
        }
    };

    private record Key(Class<?> type, String json) {}

    /** What a payload says, parsed where it is not remembered; what cannot be parsed is not remembered. */
    <T extends Record> T get(String json, Class<T> type, Supplier<T> parse) {
        if (json.length() > LONGEST) {
            return parse.get();
        }
        Key key = new Key(type, json);
        Record known = remembered(key);
        if (known != null) {
            return type.cast(known);
        }
        T parsed = parse.get();
        remember(key, parsed);
        return parsed;
    }

    private synchronized @Nullable Record remembered(Key key) {
        return latest.get(key);
    }

    private synchronized void remember(Key key, Record payload) {
        latest.put(key, payload);
    }
}
