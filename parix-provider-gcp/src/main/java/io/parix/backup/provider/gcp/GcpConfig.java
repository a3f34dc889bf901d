package io.parix.backup.provider.gcp;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a place, all of them right.
 *
 * @param bucket which bucket, and where
 * @param writing how objects are stored
 * @param transport how the place is talked to
 * @param volumes where disks are, of which snapshots are made; null where none are
 */
record GcpConfig(
        Bucket bucket,
        Writing writing,
        Transport transport,
        @Nullable Volumes volumes) {

    /**
     * Which bucket, and where.
     *
     * @param name its name
     * @param endpoint instead of Google's own, or null
     * @param userProject the project that pays for requests, or null for the bucket's
     */
    record Bucket(
            String name, @Nullable URI endpoint, @Nullable String userProject) {}

    /**
     * How objects are stored.
     *
     * @param storageClass of segments and indexes; null for the bucket's
     * @param kmsKey the key of Cloud KMS; null for the bucket's
     */
    record Writing(@Nullable String storageClass, @Nullable String kmsKey) {}

    /**
     * How the place is talked to.
     *
     * @param connect the longest that connecting may take
     * @param stall the longest that a connection may be silent
     * @param connections the most connections at once
     */
    record Transport(Duration connect, Duration stall, int connections) {}

    /**
     * Where disks are.
     *
     * @param project in which their snapshots are made
     * @param endpoint of Compute Engine, instead of Google's own, or null
     * @param location where snapshots are stored, or null for Google's choice
     */
    record Volumes(
            String project,
            @Nullable URI endpoint,
            @Nullable String location) {}
}
