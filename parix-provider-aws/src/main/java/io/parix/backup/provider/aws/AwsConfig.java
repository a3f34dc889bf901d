package io.parix.backup.provider.aws;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a place, all of them right.
 *
 * @param bucket which bucket, and where
 * @param writing how objects are stored
 * @param transport how the place is talked to
 * @param volumes where volumes are, of which snapshots are made; null where none are
 */
record AwsConfig(
        Bucket bucket,
        Writing writing,
        Transport transport,
        @Nullable Volumes volumes) {

    /**
     * Which bucket, and where.
     *
     * @param name its name
     * @param region its region
     * @param endpoint instead of the region's, or null
     * @param pathStyle whether the bucket is named in the path and not in the host's name
     * @param owner the account that must own it, 12 digits, or null for any
     */
    record Bucket(
            String name,
            String region,
            @Nullable URI endpoint,
            boolean pathStyle,
            @Nullable String owner) {}

    /**
     * How objects are stored.
     *
     * @param storageClass of segments and indexes; null for the bucket's
     * @param encryption who encrypts them at rest
     * @param kmsKey the key, with {@link Encryption#SSE_KMS}; null for the account's own for S3
     * @param tags on every object, at most ten
     */
    record Writing(
            @Nullable String storageClass,
            Encryption encryption,
            @Nullable String kmsKey,
            Map<String, String> tags) {
        Writing {
            tags = Map.copyOf(tags);
        }
    }

    /**
     * How the place is talked to.
     *
     * @param connect the longest that connecting may take
     * @param stall the longest that a connection may be silent
     * @param connections the most connections at once
     */
    record Transport(Duration connect, Duration stall, int connections) {}

    /**
     * Where volumes are.
     *
     * @param region their region
     * @param endpoint of EC2, instead of the region's, or null
     */
    record Volumes(String region, @Nullable URI endpoint) {}

    /** Who encrypts objects at rest. */
    enum Encryption {
        /** Whatever the bucket is set to. */
        BUCKET("bucket"),
        /** Keys of S3. */
        SSE_S3("sse-s3"),
        /** A key of KMS. */
        SSE_KMS("sse-kms");

        private final String code;

        Encryption(String code) {
            this.code = code;
        }

        /** {@return how a setting names it} */
        String code() {
            return code;
        }
    }
}
