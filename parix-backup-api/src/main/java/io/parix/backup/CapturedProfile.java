package io.parix.backup;

import org.jspecify.annotations.Nullable;

/**
 * The restore metadata that a backup captured (spec C2). Null means that a value was not captured; its eligibility
 * check then fails with a code of its own (spec E15).
 *
 * @param region where the database ran
 * @param provider the infrastructure's id
 * @param nodeCount replicas
 * @param vcpu virtual processors per node
 * @param memory memory per node
 * @param storageTier storage tier
 * @param storageSize storage per node
 * @param networkMode network mode
 * @param developmentMode whether in development mode
 * @param tigerBeetleVersion TigerBeetle version
 */
public record CapturedProfile(
        @Nullable String region,
        @Nullable String provider,
        @Nullable Integer nodeCount,
        @Nullable Integer vcpu,
        @Nullable ByteSize memory,
        @Nullable String storageTier,
        @Nullable ByteSize storageSize,
        @Nullable String networkMode,
        @Nullable Boolean developmentMode,
        @Nullable String tigerBeetleVersion) {

    /** Nothing was captured. */
    public static final CapturedProfile NONE =
            new CapturedProfile(null, null, null, null, null, null, null, null, null, null);

    /**
     * Captures a profile whole.
     *
     * @param profile the database as its host describes it
     * @return every value of it
     */
    public static CapturedProfile of(DatabaseProfile profile) {
        Shape s = profile.shape();
        return new CapturedProfile(
                profile.region(),
                profile.provider(),
                s.nodeCount(),
                s.vcpu(),
                s.memory(),
                s.storageTier(),
                s.storageSize(),
                s.networkMode(),
                s.developmentMode(),
                s.tigerBeetleVersion());
    }
}
