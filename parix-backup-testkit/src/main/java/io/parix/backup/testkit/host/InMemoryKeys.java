package io.parix.backup.testkit.host;

import io.parix.backup.DatabaseId;
import io.parix.backup.host.DataKey;
import io.parix.backup.host.KeyPort;
import io.parix.backup.host.WrappedKey;
import io.parix.backup.spi.Checksums;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Keys in memory, which can be rotated, disabled, lost and out of reach (spec C13). It wraps as a key service does, with AES-GCM for one database,
 * and gives out the same keys in the same order each time: for tests, and for nothing else. Safe for concurrent calls.
 */
public final class InMemoryKeys implements KeyPort {
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final Map<String, byte[]> ring = new HashMap<>();
    private final Map<String, byte[]> lost = new HashMap<>();
    private final Set<String> disabled = new HashSet<>();
    private @Nullable String current;
    private @Nullable String trouble;
    private int rotations;
    private int made;

    /** A ring without a key: exports lie in the clear until {@link #rotate}. */
    public InMemoryKeys() {}

    /**
     * A ring with a key.
     *
     * @return what seals every export
     */
    public static InMemoryKeys sealing() {
        InMemoryKeys keys = new InMemoryKeys();
        keys.rotate();
        return keys;
    }

    /**
     * From now on another key wraps; those before still open.
     *
     * @return its id
     */
    public synchronized String rotate() {
        String id = "key-" + ++rotations;
        ring.put(id, digest("ring", rotations));
        current = id;
        return id;
    }

    /** From now on exports lie in the clear; what was sealed still opens. */
    public synchronized void stop() {
        current = null;
    }

    /**
     * Destroys a key.
     *
     * @param id of the key; what it wrapped does not open any more
     */
    public synchronized void lose(String id) {
        byte[] key = ring.remove(id);
        if (key != null) {
            lost.put(id, key);
        }
    }

    /**
     * Brings a destroyed key back, as from a copy that somebody finds.
     *
     * @param id of the key; what it wrapped opens again
     */
    public synchronized void bringBack(String id) {
        byte[] key = lost.remove(id);
        if (key != null) {
            ring.put(id, key);
        }
    }

    /**
     * Lets a key not be used for now, as a key service does with one that waits for its deletion.
     *
     * @param id of the key; opening what it wrapped fails until {@link #enable}
     */
    public synchronized void disable(String id) {
        disabled.add(id);
    }

    /**
     * Lets a key be used again.
     *
     * @param id of the key
     */
    public synchronized void enable(String id) {
        disabled.remove(id);
    }

    /**
     * From now on every call fails.
     *
     * @param reason why, as the exception says it
     */
    public synchronized void fail(String reason) {
        trouble = reason;
    }

    /** From now on calls go well again. */
    public synchronized void recover() {
        trouble = null;
    }

    @Override
    public synchronized Optional<DataKey> fresh(DatabaseId database) {
        requireReach();
        String id = current;
        if (id == null) {
            return Optional.empty();
        }
        requireEnabled(id);
        byte[] secret = digest(id, ++made);
        byte[] nonce = ByteBuffer.allocate(NONCE).putInt(made).array();
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, key(id), nonce, database, secret);
        byte[] wrapped = ByteBuffer.allocate(NONCE + sealed.length)
                .put(nonce)
                .put(sealed)
                .array();
        return Optional.of(DataKey.of(WrappedKey.of(id, wrapped), secret));
    }

    @Override
    public synchronized Optional<DataKey> open(DatabaseId database, WrappedKey wrapped) {
        requireReach();
        if (!ring.containsKey(wrapped.id())) {
            return Optional.empty();
        }
        requireEnabled(wrapped.id());
        byte[] bytes = wrapped.bytes();
        if (bytes.length <= NONCE) {
            throw new IllegalArgumentException("This ring has wrapped nothing that is so short");
        }
        byte[] nonce = ByteBuffer.allocate(NONCE).put(bytes, 0, NONCE).array();
        byte[] sealed = ByteBuffer.allocate(bytes.length - NONCE)
                .put(bytes, NONCE, bytes.length - NONCE)
                .array();
        return Optional.of(DataKey.of(wrapped, crypt(Cipher.DECRYPT_MODE, key(wrapped.id()), nonce, database, sealed)));
    }

    private void requireReach() {
        if (trouble != null) {
            throw new IllegalStateException(trouble);
        }
    }

    private void requireEnabled(String id) {
        if (disabled.contains(id)) {
            throw new IllegalStateException("The key " + id + " is disabled. Enable it.");
        }
    }

    private byte[] key(String id) {
        byte[] key = ring.get(id);
        if (key == null) {
            throw new IllegalStateException("The key " + id + " that wraps is lost. Rotate.");
        }
        return key;
    }

    private static byte[] crypt(int mode, byte[] key, byte[] nonce, DatabaseId database, byte[] bytes) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(database.value().getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("This ring has not wrapped that for database " + database, e);
        }
    }

    private static byte[] digest(String of, int number) {
        MessageDigest sha = Checksums.newSha256();
        sha.update(of.getBytes(StandardCharsets.UTF_8));
        return sha.digest(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
    }

    @Override
    public synchronized String toString() {
        return "keys in memory, " + ring.size() + " of them";
    }
}
