package io.parix.backup.examples.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.host.DataKey;
import io.parix.backup.host.KeyPort;
import io.parix.backup.testkit.contract.KeyPortContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("C13 I2 keys in a folder pass the suite of key ports")
class KeyFolderTest implements KeyPortContract {
    @TempDir
    private Path root;

    private Path folder = Path.of("");
    private Path away = Path.of("");
    private int rings;
    private int keys;

    @Override
    public KeyPort keys() throws IOException {
        folder = Files.createDirectory(root.resolve("ring-" + ++rings));
        away = root.resolve("away-" + rings);
        KeyFolder port = KeyFolder.create(folder);
        rotate(port);
        return port;
    }

    @Override
    public Optional<KeyPort> again(KeyPort port) {
        return Optional.of(new KeyFolder(folder));
    }

    @Override
    public boolean rotate(KeyPort port) {
        ((KeyFolder) port).rotate(String.format("key-%04d", ++keys));
        return true;
    }

    @Override
    public boolean lose(KeyPort port, String id) throws IOException {
        Files.delete(file(id));
        return true;
    }

    @Override
    public boolean unreachable(KeyPort port) throws IOException {
        Files.move(folder, away);
        return true;
    }

    @Override
    public void reachable(KeyPort port) throws IOException {
        Files.move(away, folder);
    }

    @Override
    public boolean clear(KeyPort port) {
        ((KeyFolder) port).clear();
        return true;
    }

    private Path file(String id) {
        return folder.resolve(id + ".key");
    }

    private static void raises(ThrowingCallable asking) {
        assertThatThrownBy(asking)
                .isInstanceOf(RuntimeException.class)
                .message()
                .isNotBlank();
    }

    private void knowsNothing(KeyPort port, DataKey key) {
        raises(() -> port.fresh(database()));
        raises(() -> port.open(database(), key.wrapped()));
        raises(() -> ((KeyFolder) port).rotate("key-9999"));
        raises(() -> ((KeyFolder) port).clear());
    }

    private DataKey fresh(KeyPort port) {
        return port.fresh(database()).orElseThrow();
    }

    @Test
    @DisplayName(
            "C13 an empty folder where that of the keys is mounted makes no clear exports, and no key is lost for it")
    void notMounted() throws IOException {
        KeyPort port = keys();
        DataKey key = fresh(port);
        unreachable(port);
        Files.createDirectory(folder);
        knowsNothing(port, key);
        knowsNothing(new KeyFolder(folder), key);
        Files.delete(folder);
        reachable(port);
        assertThat(port.open(database(), key.wrapped())).isPresent();
    }

    @Test
    @DisplayName("C13 where the key that is in use is missing no other is told lost, and nothing is sealed")
    void withoutTheCurrentKey() throws IOException {
        KeyPort port = keys();
        DataKey old = fresh(port);
        rotate(port);
        DataKey young = fresh(port);
        Files.delete(file(old.wrapped().id()));
        assertThat(port.open(database(), old.wrapped())).isEmpty();
        Files.delete(file(young.wrapped().id()));
        raises(() -> port.fresh(database()));
        raises(() -> port.open(database(), old.wrapped()));
        raises(() -> port.open(database(), young.wrapped()));
    }

    @Test
    @DisplayName("C13 a key whose file is there and cannot be read is not lost")
    void unreadable() throws IOException {
        KeyPort port = keys();
        DataKey key = fresh(port);
        Path file = file(key.wrapped().id());
        rotate(port);
        Path other = root.resolve("elsewhere");
        Files.move(file, other);
        Files.createSymbolicLink(file, other);
        assertThat(port.open(database(), key.wrapped())).isPresent();
        Files.delete(other);
        raises(() -> port.open(database(), key.wrapped()));
        Files.createSymbolicLink(other, file);
        raises(() -> port.open(database(), key.wrapped()));
        Files.delete(file);
        Files.createDirectory(file);
        raises(() -> port.open(database(), key.wrapped()));
        Files.delete(file);
        Files.write(file, new byte[DataKey.LENGTH - 1]);
        raises(() -> port.open(database(), key.wrapped()));
    }

    @Test
    @DisplayName("C13 what else lies in the folder neither wraps nor is in the way")
    void strayFiles() throws IOException {
        KeyPort port = keys();
        DataKey key = fresh(port);
        Files.createDirectory(folder.resolve("zzz"));
        for (String stray : List.of(".DS_Store", "zzz.key.bak", "zzz.key", "current1.next", "~current")) {
            Files.writeString(folder.resolve(stray), "stray");
        }
        assertThat(fresh(port).wrapped().id()).isEqualTo(key.wrapped().id());
        assertThat(port.open(database(), key.wrapped())).isPresent();
    }
}
