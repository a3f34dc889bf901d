package io.parix.backup.engine.provider;

import io.parix.backup.archive.flow.Pace;
import io.parix.backup.spi.ByteRange;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.Checksums;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectPage;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.StoredObject;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A store whose bytes, both ways, keep a pace that it shares with others (spec J5). While it waits it asks the call whether
 * to go on, so a lease is renewed and a job that must stop does. As safe for concurrent calls as the store behind it.
 */
public final class PacedStore implements ObjectStore {
    private static final int PIECE = 64 << 10;
    private static final long LOOK_NANOS = 100_000_000;

    private final ObjectStore store;
    private final Pace pace;
    private final LongConsumer pause;

    /**
     * Puts a pace before a store.
     *
     * @param store the store
     * @param pace shared by all stores that it limits together
     * @param pause lets nanoseconds pass on the pace's clock
     */
    public PacedStore(ObjectStore store, Pace pace, LongConsumer pause) {
        this.store = store;
        this.pace = pace;
        this.pause = pause;
    }

    @Override
    public StoredObject putIfAbsent(ObjectKey key, ObjectContent content, CallContext call) {
        return store.putIfAbsent(key, new PacedContent(content, call), call);
    }

    @Override
    public InputStream get(ObjectKey key, @Nullable ByteRange range, CallContext call) {
        return new PacedStream(store.get(key, range, call), call);
    }

    @Override
    public Optional<StoredObject> stat(ObjectKey key, CallContext call) {
        return store.stat(key, call);
    }

    @Override
    public ObjectPage list(KeyPrefix prefix, @Nullable ObjectKey after, CallContext call) {
        return store.list(prefix, after, call);
    }

    @Override
    public Map<ObjectKey, DeleteOutcome> delete(List<ObjectKey> keys, CallContext call) {
        return store.delete(keys, call);
    }

    private void keepPace(long bytes, CallContext call) {
        long at = pace.take(bytes);
        for (long left = pace.until(at); left > 0; left = pace.until(at)) {
            call.check("moving bytes at the pace of this process");
            pause.accept(Math.min(left, LOOK_NANOS));
        }
    }

    private final class PacedContent implements ObjectContent {
        private final ObjectContent content;
        private final CallContext call;

        PacedContent(ObjectContent content, CallContext call) {
            this.content = content;
            this.call = call;
        }

        @Override
        public long length() {
            return content.length();
        }

        @Override
        public Checksums checksums() {
            return content.checksums();
        }

        @Override
        public InputStream open() throws IOException {
            return new PacedStream(content.open(), call);
        }
    }

    private final class PacedStream extends FilterInputStream {
        private final CallContext call;

        PacedStream(InputStream in, CallContext call) {
            super(in);
            this.call = call;
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            keepPace(b < 0 ? 0 : 1, call);
            return b;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int n = super.read(target, offset, Math.min(length, PIECE));
            keepPace(Math.max(n, 0), call);
            return n;
        }
    }
}
