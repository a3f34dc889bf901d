package io.parix.backup.engine.doctor;

import io.parix.backup.spi.ByteRange;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.Capabilities;
import io.parix.backup.spi.Checksums;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectPage;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.ProviderSession;
import io.parix.backup.spi.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one examination works on: an opened place, twice, and objects of its own. It remembers every key that it ever wrote to. Writing is safe for
 * concurrent calls.
 */
final class Ground {
    private static final int SAMPLE_BYTES = 5_000;
    private static final int SMALL_BYTES = 200;
    private static final int MOST_PAGES = 100;

    private final ProviderSession session;
    private final ProviderSession second;
    private final RunKeys keys;
    private final Patience patience;
    private final Duration callTimeout;
    private final Set<ObjectKey> touched = Collections.synchronizedSet(new LinkedHashSet<>());
    private final Once<Sample> sample = new Once<>(() -> write(keys().key("sample-"), SAMPLE_BYTES));
    private final Once<DeleteOutcome> trial = new Once<>(this::tryDeletion);
    private final Once<Optional<String>> stays = new Once<>(this::triedStays);

    /** An object that was written: what it holds, and how the place described it. */
    static final class Sample {
        private final ObjectKey key;
        private final byte[] bytes;
        private final StoredObject answer;

        Sample(ObjectKey key, byte[] bytes, StoredObject answer) {
            this.key = key;
            this.bytes = bytes;
            this.answer = answer;
        }

        ObjectKey key() {
            return key;
        }

        /** Its bytes, not to be changed. */
        byte[] bytes() {
            return bytes;
        }

        StoredObject answer() {
            return answer;
        }
    }

    Ground(ProviderSession session, ProviderSession second, RunKeys keys, Patience patience, Duration callTimeout) {
        this.session = session;
        this.second = second;
        this.keys = keys;
        this.patience = patience;
        this.callTimeout = callTimeout;
    }

    RunKeys keys() {
        return keys;
    }

    ProviderSession session() {
        return session;
    }

    Capabilities capabilities() {
        return session.capabilities();
    }

    ObjectStore store() {
        return session.objects();
    }

    /** The same place by a session of its own, as another process has it. */
    ObjectStore otherStore() {
        return second.objects();
    }

    /** An object that all looks may read and none changes. */
    Sample sample() {
        return sample.get();
    }

    /** What became of a deletion that was tried: deleted or locked; an error where the place does not delete. */
    DeleteOutcome trial() {
        return trial.get();
    }

    /** Why what is written here is still there when it was deleted, in words about it; empty where it is gone then. An error as of the trial. */
    Optional<String> stays() {
        return stays.get();
    }

    List<ObjectKey> touched() {
        return List.copyOf(touched);
    }

    CallContext call() {
        patience.require();
        return new CallContext(patience.of(callTimeout), patience::isOver, keys.run(), CallContext.Purpose.PROBE);
    }

    /** Bytes that no other name and no other examination has. */
    byte[] bytes(String name, int length) {
        byte[] bytes = new byte[length];
        byte[] block = new byte[0];
        for (int i = 0; i < length; i++) {
            int at = i % 32;
            if (at == 0) {
                MessageDigest sha = Checksums.newSha256();
                sha.update(block);
                block = sha.digest((keys.run() + name).getBytes(StandardCharsets.UTF_8));
            }
            bytes[i] = block[at];
        }
        return bytes;
    }

    byte[] small(String name) {
        return bytes(name, SMALL_BYTES);
    }

    Sample write(ObjectKey key, int length) {
        byte[] bytes = bytes(key.value(), length);
        return new Sample(key, bytes, put(key, ObjectContent.of(bytes)));
    }

    Sample write(ObjectKey key) {
        return write(key, SMALL_BYTES);
    }

    StoredObject put(ObjectKey key, ObjectContent content) {
        return put(store(), key, content);
    }

    StoredObject put(ObjectStore through, ObjectKey key, ObjectContent content) {
        CallContext call = call();
        touched.add(key);
        return through.putIfAbsent(key, content, call);
    }

    /** Reads no more than a little beyond what is expected, whatever the place gives. */
    byte[] read(ObjectKey key, @Nullable ByteRange range, int expected) {
        try (InputStream in = store().get(key, range, call())) {
            return in.readNBytes(expected + 1);
        } catch (IOException e) {
            throw new ProviderException(ErrorKind.UNAVAILABLE, "Reading " + key + " broke off: " + e.getMessage(), e);
        }
    }

    byte[] read(Sample whole) {
        return read(whole.key(), null, whole.bytes().length);
    }

    Optional<StoredObject> stat(ObjectKey key) {
        return store().stat(key, call());
    }

    /** The objects of a folder, over as many pages as a folder of examinations can have. */
    List<StoredObject> list(KeyPrefix folder, @Nullable ObjectKey after) {
        List<StoredObject> all = new ArrayList<>();
        @Nullable ObjectKey last = after;
        for (int page = 0; page < MOST_PAGES; page++) {
            ObjectPage next = store().list(folder, last, call());
            all.addAll(next.objects());
            ObjectKey end = all.isEmpty() ? null : all.get(all.size() - 1).key();
            // A place that is wrong may lead in circles.
            if (!next.more() || end == null || (last != null && end.compareTo(last) <= 0)) {
                break;
            }
            last = end;
        }
        return all;
    }

    /** The keys of this examination among what a folder shows. */
    List<ObjectKey> mine(KeyPrefix folder, @Nullable ObjectKey after) {
        return list(folder, after).stream()
                .map(StoredObject::key)
                .filter(keys::isMine)
                .toList();
    }

    /** Deletes what is this examination's. */
    Map<ObjectKey, DeleteOutcome> delete(List<ObjectKey> doomed) {
        return store().delete(doomed.stream().filter(keys::isMine).toList(), call());
    }

    /** Deletes one object; an error where that failed. */
    DeleteOutcome delete(ObjectKey key) {
        DeleteOutcome outcome = delete(List.of(key)).get(key);
        if (outcome instanceof DeleteOutcome.Failed failed) {
            throw new ProviderException(failed.kind(), failed.message());
        }
        return outcome == null ? new DeleteOutcome.Absent() : outcome;
    }

    private DeleteOutcome tryDeletion() {
        // Where nothing may be written, that is what is missing, and not the permission to delete.
        sample();
        Sample doomed = write(trialKey());
        return delete(doomed.key());
    }

    private ObjectKey trialKey() {
        return keys.key("trial-");
    }

    private Optional<String> triedStays() {
        if (trial() instanceof DeleteOutcome.Locked locked) {
            return Optional.of(locked.words());
        }
        return stat(trialKey()).map(there -> "is still there after it was told as deleted");
    }
}
