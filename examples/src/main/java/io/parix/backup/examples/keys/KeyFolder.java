package io.parix.backup.examples.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parix.backup.DatabaseId;
import io.parix.backup.host.DataKey;
import io.parix.backup.host.KeyPort;
import io.parix.backup.host.WrappedKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keys in a folder: a file {@code <id>.key} of 32 random bytes for each, and one, {@code current}, that says which of them wraps what is
 * new; other files are not looked at. A key service does the same with keys that never leave it, and is asked over the network. Safe for
 * concurrent calls.
 *
 * <p>A key is lost when its file is not there while the folder is: where {@code current}, or the key that it names, is missing or cannot be
 * read, the folder is perhaps not mounted, and whatever is asked raises.
 */
final class KeyFolder implements KeyPort {
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final Pattern ID = Pattern.compile("[0-9A-Za-z][0-9A-Za-z_-]{0,63}");
    private static final String CURRENT = "current";
    private static final String CLEAR = "clear";
    private static final String KEY = "key ";
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final Path folder;
    private final SecureRandom random = new SecureRandom();

    /** Over a folder that {@link #create} has made, in this process or another. */
    KeyFolder(Path folder) {
        this.folder = folder;
    }

    /** Makes a folder for keys of a directory that is none yet. Exports lie in the clear until {@link #rotate}. */
    static KeyFolder create(Path directory) {
        try {
            Files.writeString(directory.resolve(CURRENT), CLEAR, StandardOpenOption.CREATE_NEW);
            return new KeyFolder(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on another key wraps; those before still open. */
    void rotate(String id) {
        var unused = current();
        try {
            Path file = Files.createFile(file(id), PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            Files.write(file, bytes(DataKey.LENGTH), StandardOpenOption.WRITE, StandardOpenOption.SYNC);
            keepEntries();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        become(KEY + id);
    }

    /** From now on exports lie in the clear; what was sealed still opens. */
    void clear() {
        var unused = current();
        become(CLEAR);
    }

    /** There is no moment without it, whatever fails. */
    private void become(String current) {
        try {
            Path next = Files.createTempFile(folder, CURRENT, ".next");
            Files.writeString(next, current, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
            Files.move(next, folder.resolve(CURRENT), StandardCopyOption.ATOMIC_MOVE);
            keepEntries();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file outlives a power cut only where its name does. */
    private void keepEntries() throws IOException {
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    @Override
    public Optional<DataKey> fresh(DatabaseId database) {
        return current().map(id -> {
            byte[] secret = bytes(DataKey.LENGTH);
            byte[] nonce = bytes(NONCE);
            byte[] sealed = crypt(Cipher.ENCRYPT_MODE, present(id), nonce, database, secret);
            byte[] wrapped = ByteBuffer.allocate(NONCE + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
            return DataKey.of(WrappedKey.of(id, wrapped), secret);
        });
    }

    @Override
    public Optional<DataKey> open(DatabaseId database, WrappedKey wrapped) {
        requireFolder();
        Optional<byte[]> key = read(wrapped.id());
        if (key.isEmpty()) {
            // The folder may have gone in between: whoever says wrongly that a key is lost has backups count as
            // damaged.
            requireFolder();
        }
        return key.map(bytes -> DataKey.of(wrapped, unwrapped(bytes, database, wrapped)));
    }

    private static byte[] unwrapped(byte[] key, DatabaseId database, WrappedKey wrapped) {
        ByteBuffer bytes = ByteBuffer.wrap(wrapped.bytes());
        if (bytes.remaining() < NONCE) {
            throw new IllegalArgumentException("This folder has wrapped nothing that is so short");
        }
        byte[] nonce = new byte[NONCE];
        byte[] sealed = new byte[bytes.remaining() - NONCE];
        bytes.get(nonce).get(sealed);
        return crypt(Cipher.DECRYPT_MODE, key, nonce, database, sealed);
    }

    /** What wraps now is there, so this is the folder, and it is. */
    private void requireFolder() {
        current().ifPresent(this::present);
    }

    /** The id of what wraps now; empty where exports lie in the clear. */
    private Optional<String> current() {
        String current;
        try {
            current = Files.readString(folder.resolve(CURRENT), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The folder of the keys does not say which is in use; is it mounted?", e);
        }
        if (current.equals(CLEAR)) {
            return Optional.empty();
        }
        if (!current.startsWith(KEY)) {
            throw new IllegalStateException("The folder of the keys does not say which is in use");
        }
        return Optional.of(current.substring(KEY.length()));
    }

    private byte[] present(String id) {
        return read(id).orElseThrow(() -> new IllegalStateException(
                "The key " + id + ", which is in use, is not in the folder of the keys; is it mounted?"));
    }

    /** A key; empty where there is no file for it. One that is there and cannot be read is not lost. */
    private Optional<byte[]> read(String id) {
        Path file = file(id);
        try {
            byte[] key = Files.readAllBytes(file);
            if (key.length != DataKey.LENGTH) {
                throw new IllegalStateException("The file of key " + id + " is damaged");
            }
            return Optional.of(key);
        } catch (NoSuchFileException e) {
            if (Files.isSymbolicLink(file)) {
                throw new UncheckedIOException("The key " + id + " lies where this cannot reach now", e);
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("The key " + id + " cannot be read", e);
        }
    }

    private Path file(String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("This folder has no key of such a name");
        }
        return folder.resolve(id + ".key");
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] crypt(int mode, byte[] key, byte[] nonce, DatabaseId database, byte[] bytes) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            // What was wrapped for one database does not open for another.
            cipher.updateAAD(database.value().getBytes(UTF_8));
            return cipher.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("That was not wrapped by this folder for " + database, e);
        }
    }
}
