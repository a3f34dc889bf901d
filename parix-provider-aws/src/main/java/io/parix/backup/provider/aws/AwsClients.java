package io.parix.backup.provider.aws;

import io.parix.backup.provider.aws.AwsConfig.Bucket;
import io.parix.backup.provider.aws.AwsConfig.Transport;
import io.parix.backup.spi.ConfigurationMistake;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.core.SdkServiceClientConfiguration;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * Where clients come from: made here with one HTTP client each, or the host's.
 *
 * <p>Retries are the engine's, so every client makes one attempt.
 */
final class AwsClients {
    private static final String USER_AGENT = "parix-backup";

    private final @Nullable AwsCredentialsProvider credentials;
    private final @Nullable S3Client theirs;

    AwsClients(@Nullable AwsCredentialsProvider credentials, @Nullable S3Client theirs) {
        this.credentials = credentials;
        this.theirs = theirs;
    }

    /**
     * A client and what ends with it.
     *
     * @param s3 the client
     * @param credentials what it signs with
     * @param plugins for each request; empty where the client was made here
     * @param ours what closing the place closes
     */
    record Opened(
            S3Client s3,
            IdentityProvider<? extends AwsCredentialsIdentity> credentials,
            List<SdkPlugin> plugins,
            List<AutoCloseable> ours) {}

    /** Makes a client, or takes the host's. Nothing connects. */
    Opened open(AwsConfig config) {
        if (theirs != null) {
            return new Opened(
                    theirs,
                    theirs.serviceClientConfiguration().credentialsProvider(),
                    List.of(AwsClients::once),
                    List.of());
        }
        if (credentials != null) {
            S3Client s3 = make(config, credentials);
            return new Opened(s3, credentials, List.of(), List.of(s3));
        }
        DefaultCredentialsProvider chain = DefaultCredentialsProvider.builder().build();
        S3Client s3 = make(config, chain);
        return new Opened(s3, chain, List.of(), List.of(s3, chain));
    }

    private static S3Client make(AwsConfig config, AwsCredentialsProvider credentials) {
        S3ClientBuilder builder = S3Client.builder()
                .region(Region.of(config.bucket().region()))
                .credentialsProvider(credentials)
                .forcePathStyle(config.bucket().pathStyle())
                .crossRegionAccessEnabled(false)
                // What is written carries its SHA-256, and what is read whole is asked for its own.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .httpClientBuilder(http(config.transport()))
                .overrideConfiguration(attempts());
        Optional.ofNullable(config.bucket().endpoint()).ifPresent(builder::endpointOverride);
        return builder.build();
    }

    /** {@return how every client made here talks} */
    static Apache5HttpClient.Builder http(Transport transport) {
        return Apache5HttpClient.builder()
                .connectionTimeout(transport.connect())
                .connectionAcquisitionTimeout(transport.stall())
                .socketTimeout(transport.stall())
                .maxConnections(transport.connections());
    }

    /** {@return how every client made here tries: once} */
    static ClientOverrideConfiguration attempts() {
        return ClientOverrideConfiguration.builder()
                .retryStrategy(DefaultRetryStrategy.doNotRetry())
                .putAdvancedOption(SdkAdvancedClientOption.USER_AGENT_SUFFIX, USER_AGENT)
                .addExecutionInterceptor(new SendMark.Marker())
                .build();
    }

    /**
     * What of a bucket the host's client does not serve: it goes where it was made for. A place that names no endpoint leaves the way
     * there to it.
     *
     * @param bucket which
     * @return by setting; empty where clients are made here
     */
    List<ConfigurationMistake> mistakes(Bucket bucket) {
        if (theirs == null) {
            return List.of();
        }
        List<ConfigurationMistake> found = new ArrayList<>();
        Region region = theirs.serviceClientConfiguration().region();
        if (!region.id().equals(bucket.region())) {
            found.add(elsewhere(AwsSettings.REGION, region.id()));
        }
        URI endpoint = theirs.serviceClientConfiguration().endpointOverride().orElse(null);
        if (bucket.endpoint() != null && !bucket.endpoint().equals(endpoint)) {
            found.add(elsewhere(AwsSettings.ENDPOINT, endpoint == null ? "none" : endpoint.getHost()));
        }
        return found;
    }

    private static ConfigurationMistake elsewhere(String setting, String theirs) {
        return new ConfigurationMistake(
                setting, "is not that of the client that was handed in, " + theirs + "; hand in one for each");
    }

    private static void once(SdkServiceClientConfiguration.Builder client) {
        client.overrideConfiguration(client.overrideConfiguration().toBuilder()
                .retryStrategy(DefaultRetryStrategy.doNotRetry())
                .putAdvancedOption(SdkAdvancedClientOption.USER_AGENT_SUFFIX, USER_AGENT)
                .build());
    }

    @Override
    public String toString() {
        return theirs != null
                ? "a client of the host"
                : credentials != null ? "credentials of the host" : "default chain";
    }
}
