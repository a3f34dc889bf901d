package io.parix.backup.examples.quickstart;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import io.parix.backup.engine.ParixBackupBuilder;
import io.parix.backup.provider.gcp.GcpProvider;
import io.parix.backup.servers.CloudStorage;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.StorageLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;

/**
 * A bucket of a server on loopback that stands for Google Cloud Storage, and ends with this process. On the real one a service hands
 * in nothing, and its location is the same: the address and these credentials are the loopback server's alone.
 */
final class GcsStore implements Store {
    private static final String BUCKET = "ledger-backups";

    private final CloudStorage server;
    private final Storage client;

    private GcsStore(CloudStorage server, Storage client) {
        this.server = server;
        this.client = client;
    }

    static GcsStore start(Path folder) throws IOException {
        Path objects = Files.createDirectories(folder.resolve("objects"));
        CloudStorage server = CloudStorage.onDisk(Files.createDirectories(folder.resolve("server")), objects, BUCKET);
        return new GcsStore(server, client(server));
    }

    private static Storage client(CloudStorage server) {
        Instant expiry = Instant.now().plus(Duration.ofDays(1));
        return StorageOptions.http()
                .setHost(server.uri().toString())
                .setProjectId("unused")
                .setCredentials(GoogleCredentials.create(new AccessToken(CloudStorage.TOKEN, Date.from(expiry))))
                .build()
                .getService();
    }

    @Override
    public StorageLocation location() {
        return new StorageLocation(GcpProvider.ID, Map.of("bucket", BUCKET), new KeyPrefix("parix"));
    }

    /** In place of the provider on the class path, which would go to Google. */
    @Override
    public ParixBackupBuilder joins(ParixBackupBuilder engine) {
        return engine.provider(GcpProvider.using(client));
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (Exception e) {
            throw new IllegalStateException("The client does not close", e);
        } finally {
            server.close();
        }
    }
}
