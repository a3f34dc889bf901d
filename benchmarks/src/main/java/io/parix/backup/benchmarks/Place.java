package io.parix.backup.benchmarks;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import io.parix.backup.engine.ParixBackupBuilder;
import io.parix.backup.provider.aws.AwsProvider;
import io.parix.backup.provider.gcp.GcpProvider;
import io.parix.backup.servers.CloudStorage;
import io.parix.backup.servers.S3Proxy;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.StorageLocation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * Where this library's program keeps backups.
 *
 * @param location the place
 * @param joined what an engine is told beyond it
 */
record Place(StorageLocation location, UnaryOperator<ParixBackupBuilder> joined) {
    private static final KeyPrefix PREFIX = new KeyPrefix("parix");

    static Place folder(Path folder) {
        Map<String, String> settings = Map.of("root", folder.toString());
        return new Place(new StorageLocation("local", settings, PREFIX), builder -> builder);
    }

    /** Our bucket of a server on loopback, {@code s3:URL} or {@code gcs:URL}. */
    static Place server(String word) {
        String endpoint = word.substring(word.indexOf(':') + 1);
        return word.startsWith("gcs:") ? gcs(endpoint) : s3(endpoint);
    }

    private static Place gcs(String endpoint) {
        Map<String, String> settings = Map.of("bucket", GcsServer.OURS, "endpoint", endpoint);
        GcpProvider provider = GcpProvider.with(GoogleCredentials.create(
                new AccessToken(CloudStorage.TOKEN, Date.from(Instant.now().plus(Duration.ofDays(1))))));
        return new Place(new StorageLocation(GcpProvider.ID, settings, PREFIX), builder -> builder.provider(provider));
    }

    private static Place s3(String endpoint) {
        Map<String, String> settings =
                Map.of("bucket", S3Server.OURS, "region", S3Server.REGION, "endpoint", endpoint, "path-style", "true");
        AwsProvider provider = AwsProvider.with(
                StaticCredentialsProvider.create(AwsBasicCredentials.create(S3Proxy.IDENTITY, S3Proxy.SECRET)));
        return new Place(new StorageLocation(AwsProvider.ID, settings, PREFIX), builder -> builder.provider(provider));
    }
}
