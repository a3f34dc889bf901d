package io.parix.backup.examples.keys;

import io.parix.backup.DatabaseId;
import io.parix.backup.host.DataKey;
import io.parix.backup.host.KeyPort;
import io.parix.backup.host.WrappedKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keys in a folder, a file of 32 random bytes for each; the one whose name comes last wraps what is new. A key service does the same with
 * keys that never leave it, and is asked over the network. Safe for concurrent calls.
 */
final class KeyFolder implements KeyPort {
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final Path folder;
    private final SecureRandom random = new SecureRandom();

    KeyFolder(Path folder) {
        this.folder = folder;
    }

    /** From now on another key wraps. */
    void rotate(String id) {
        try {
            Files.write(folder.resolve(id), bytes(DataKey.LENGTH), StandardOpenOption.CREATE_NEW);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<DataKey> fresh(DatabaseId database) {
        return newest().map(id -> {
            byte[] secret = bytes(DataKey.LENGTH);
            byte[] nonce = bytes(NONCE);
            byte[] sealed = crypt(Cipher.ENCRYPT_MODE, folder.resolve(id), nonce, database, secret);
            byte[] wrapped = ByteBuffer.allocate(NONCE + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
            return DataKey.of(WrappedKey.of(id, wrapped), secret);
        });
    }

    @Override
    public Optional<DataKey> open(DatabaseId database, WrappedKey wrapped) {
        // A folder that is not there is no key that is lost: whoever says so wrongly has backups count as damaged.
        if (!Files.isDirectory(folder)) {
            throw new IllegalStateException("The folder of the keys is not there");
        }
        Path key = folder.resolve(wrapped.id()).normalize();
        if (!folder.equals(key.getParent()) || !Files.exists(key)) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(wrapped.bytes());
        byte[] nonce = new byte[NONCE];
        byte[] sealed = new byte[bytes.remaining() - NONCE];
        bytes.get(nonce).get(sealed);
        return Optional.of(DataKey.of(wrapped, crypt(Cipher.DECRYPT_MODE, key, nonce, database, sealed)));
    }

    private Optional<String> newest() {
        try (Stream<Path> keys = Files.list(folder)) {
            return keys.map(key -> key.getFileName().toString()).max(String::compareTo);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] crypt(int mode, Path key, byte[] nonce, DatabaseId database, byte[] bytes) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(Files.readAllBytes(key), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            // What was wrapped for one database does not open for another.
            cipher.updateAAD(database.value().getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("That was not wrapped by this folder for " + database, e);
        }
    }
}
