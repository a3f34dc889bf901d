package io.parix.backup.examples.quickstart;

import io.parix.backup.engine.ParixBackupBuilder;
import io.parix.backup.provider.aws.AwsProvider;
import io.parix.backup.servers.S3Proxy;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.StorageLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;

/**
 * A bucket of an S3 server on loopback, which ends with this process. On real S3 a service hands in nothing, and its location is
 * the same: the endpoint, the path style and these credentials are the loopback server's alone.
 */
final class S3Store implements Store {
    private static final String BUCKET = "ledger-backups";
    private static final Region WHERE = Region.EU_CENTRAL_1;

    private final S3Proxy server;
    private final S3Client client;

    private S3Store(S3Proxy server, S3Client client) {
        this.server = server;
        this.client = client;
    }

    static S3Store start(Path folder) throws IOException {
        Path objects = Files.createDirectories(folder.resolve("objects"));
        S3Proxy server = S3Proxy.onDisk(Files.createDirectories(folder.resolve("server")), objects);
        S3Store store = new S3Store(server, client(server));
        store.createBucket();
        return store;
    }

    private static S3Client client(S3Proxy server) {
        return S3Client.builder()
                .endpointOverride(server.uri())
                .forcePathStyle(true)
                .region(WHERE)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(S3Proxy.IDENTITY, S3Proxy.SECRET)))
                .httpClientBuilder(Apache5HttpClient.builder())
                .build();
    }

    private void createBucket() {
        try {
            client.createBucket(request -> request.bucket(BUCKET));
        } catch (BucketAlreadyOwnedByYouException e) {
            // By the run that this one goes on with.
        }
    }

    @Override
    public StorageLocation location() {
        return new StorageLocation(
                AwsProvider.ID, Map.of("bucket", BUCKET, "region", WHERE.id()), new KeyPrefix("parix"));
    }

    /** In place of the provider on the class path, which would go to AWS. */
    @Override
    public ParixBackupBuilder joins(ParixBackupBuilder engine) {
        return engine.provider(AwsProvider.using(client));
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
