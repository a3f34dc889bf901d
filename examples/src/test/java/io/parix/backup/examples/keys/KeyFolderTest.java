package io.parix.backup.examples.keys;

import io.parix.backup.host.KeyPort;
import io.parix.backup.testkit.contract.KeyPortContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
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
        KeyFolder port = new KeyFolder(folder);
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
        Files.delete(folder.resolve(id));
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
}
