package io.parix.backup.archive;

import io.parix.backup.DatabaseId;
import io.parix.backup.host.DataKey;
import io.parix.backup.host.KeyPort;
import io.parix.backup.host.WrappedKey;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Keys that a test can rotate, lose, swap and cut off; what is wrapped is a number. */
public final class TestKeys implements KeyPort {
    public final AtomicInteger opened = new AtomicInteger();

    private final Map<WrappedKey, DataKey> known = new HashMap<>();
    private String current = "key-1";
    private int made;
    private boolean cutOff;

    public static DataKey key(String id, int number) {
        byte[] secret = ByteBuffer.allocate(DataKey.LENGTH).putInt(number).array();
        return DataKey.of(
                WrappedKey.of(id, ByteBuffer.allocate(4).putInt(number).array()), secret);
    }

    public void rotateTo(String id) {
        current = id;
    }

    /** Destroys a key. */
    public void lose(String id) {
        known.keySet().removeIf(wrapped -> wrapped.id().equals(id));
    }

    /** Gives another secret for everything from now on. */
    public void confuse() {
        known.replaceAll((wrapped, right) -> DataKey.of(wrapped, new byte[DataKey.LENGTH]));
    }

    /** Gives another secret for what a key wrapped. */
    public void confuse(String id) {
        known.replaceAll(
                (wrapped, right) -> wrapped.id().equals(id) ? DataKey.of(wrapped, new byte[DataKey.LENGTH]) : right);
    }

    public void cutOff() {
        cutOff = true;
    }

    @Override
    public Optional<DataKey> fresh(DatabaseId database) {
        DataKey made = key(current, ++this.made);
        known.put(made.wrapped(), made);
        return Optional.of(made);
    }

    @Override
    public Optional<DataKey> open(DatabaseId database, WrappedKey wrapped) {
        opened.incrementAndGet();
        if (cutOff) {
            throw new IllegalStateException("token xyzzy was refused");
        }
        return Optional.ofNullable(known.get(wrapped));
    }
}
