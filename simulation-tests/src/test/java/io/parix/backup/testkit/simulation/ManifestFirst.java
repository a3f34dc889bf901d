package io.parix.backup.testkit.simulation;

import static io.parix.backup.testkit.simulation.WrongPorts.store;

import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Segments that are kept back by the process that makes them until it reads the manifest of their backup, which is there by then: where that
 * process lives, nobody can tell.
 */
final class ManifestFirst {
    private static final String MANIFEST = "/manifest.json";

    /** What each process keeps back; the thread is the process. */
    private final Map<Thread, Map<ObjectKey, byte[]>> kept = new WeakHashMap<>();

    private ManifestFirst() {}

    static Ports of(Ports right) {
        ManifestFirst wrong = new ManifestFirst();
        return store(store(right, "get", wrong::get), "putIfAbsent", wrong::put);
    }

    private Object put(Wrong.Call call, ObjectStore store) throws Throwable {
        ObjectKey key = call.argument(ObjectKey.class);
        ObjectContent content = call.argument(ObjectContent.class);
        if (!key.value().endsWith(".seg")) {
            return call.right(StoredObject.class);
        }
        ours().put(key, bytes(content));
        return new StoredObject(key, content.length(), Instant.EPOCH, content.checksums());
    }

    private Object get(Wrong.Call call, ObjectStore store) throws Throwable {
        String key = call.argument(ObjectKey.class).value();
        if (key.endsWith(MANIFEST)) {
            String folder = key.substring(0, key.length() - MANIFEST.length());
            String backup = folder.substring(folder.lastIndexOf('/'));
            Map<ObjectKey, byte[]> due = new LinkedHashMap<>(ours());
            due.keySet().removeIf(segment -> !segment.value().contains(backup + "/"));
            ours().keySet().removeAll(due.keySet());
            due.forEach((segment, bytes) ->
                    store.putIfAbsent(segment, ObjectContent.of(bytes), call.argument(CallContext.class)));
        }
        return call.right(InputStream.class);
    }

    private Map<ObjectKey, byte[]> ours() {
        return kept.computeIfAbsent(Thread.currentThread(), thread -> new LinkedHashMap<>());
    }

    private static byte[] bytes(ObjectContent content) throws IOException {
        try (InputStream in = content.open()) {
            return in.readAllBytes();
        }
    }
}
