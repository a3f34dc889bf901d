package io.parix.backup.provider.aws;

import io.parix.backup.servers.S3Proxy;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.StorageLocation;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** One s3proxy for all tests of this process, and a new bucket of it for whoever asks. */
final class SharedS3Proxy {
    private static final AtomicInteger BUCKETS = new AtomicInteger();

    private SharedS3Proxy() {}

    /** Started by the first that asks. */
    private static final class Holder {
        static final S3Proxy SERVER = S3Proxy.start(folder());
        static final S3Client ADMIN = S3Client.builder()
                .endpointOverride(SERVER.uri())
                .region(Region.EU_CENTRAL_1)
                .forcePathStyle(true)
                .credentialsProvider(credentials())
                .httpClientBuilder(Apache5HttpClient.builder())
                .build();

        private static Path folder() {
            try {
                return Files.createTempDirectory(Files.createDirectories(Path.of("target")), "s3proxy");
            } catch (IOException e) {
                throw new IllegalStateException("There is no room for the server's files", e);
            }
        }
    }

    static AwsCredentialsProvider credentials() {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(S3Proxy.IDENTITY, S3Proxy.SECRET));
    }

    static AwsProvider provider() {
        return AwsProvider.with(credentials());
    }

    /** {@return one that signs with a wrong secret, and so may do nothing} */
    static AwsProvider stranger() {
        return AwsProvider.with(
                StaticCredentialsProvider.create(AwsBasicCredentials.create(S3Proxy.IDENTITY, "not-the-secret")));
    }

    /** {@return a client with every right} */
    static S3Client admin() {
        return Holder.ADMIN;
    }

    static String newBucket() {
        String name = "bucket-" + BUCKETS.incrementAndGet();
        Holder.ADMIN.createBucket(request -> request.bucket(name));
        return name;
    }

    static StorageLocation location(String bucket) {
        return location(bucket, Holder.SERVER.uri());
    }

    static StorageLocation location(String bucket, URI endpoint) {
        return new StorageLocation(
                AwsProvider.ID,
                Map.of(
                        "bucket",
                        bucket,
                        "region",
                        "eu-central-1",
                        "endpoint",
                        endpoint.toString(),
                        "path-style",
                        "true"),
                KeyPrefix.ROOT);
    }
}
