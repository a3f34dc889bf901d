package io.parix.backup.examples.testkit;

// docs/testkit.md: begin
import io.parix.backup.ByteSize;
import io.parix.backup.provider.local.LocalProvider;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.StorageLocation;
import io.parix.backup.testkit.contract.ObjectStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

class FirstContractTest implements ObjectStoreContract {
    @TempDir
    private Path directory;

    @Override
    public ObjectStore emptyStore() throws IOException {
        Path root = Files.createTempDirectory(directory, "store");
        StorageLocation place = new StorageLocation("local", Map.of("root", root.toString()), KeyPrefix.ROOT);
        return new LocalProvider().open(place).objects();
    }

    @Override
    public ByteSize largestWrite() {
        return new ByteSize(1L << 40);
    }
}
// docs/testkit.md: end
