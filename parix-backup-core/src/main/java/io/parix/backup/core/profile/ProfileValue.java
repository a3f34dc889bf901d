package io.parix.backup.core.profile;

import io.parix.backup.ByteSize;
import io.parix.backup.CapturedProfile;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A value that a backup captures of its database's profile (spec C2). Two are the same when their texts are equal. */
public enum ProfileValue {
    /** Where the database runs. */
    REGION("region", "region"),
    /** The infrastructure. */
    PROVIDER("provider", "provider"),
    /** How many replicas. */
    NODE_COUNT("node-count", "node count"),
    /** Virtual processors per node. */
    VCPU("vcpu", "vCPU count"),
    /** Memory per node. */
    MEMORY("memory", "memory"),
    /** The storage tier. */
    STORAGE_TIER("storage-tier", "storage tier"),
    /** Storage per node. */
    STORAGE_SIZE("storage-size", "storage size"),
    /** The network mode. */
    NETWORK_MODE("network-mode", "network mode"),
    /** Whether in development mode. */
    DEVELOPMENT_MODE("development-mode", "development mode"),
    /** The TigerBeetle version that the profile says. */
    TIGERBEETLE_VERSION("tigerbeetle-version", "TigerBeetle version");

    private final String code;
    private final String words;

    ProfileValue(String code, String words) {
        this.code = code;
        this.words = words;
    }

    /** {@return the stable name of this value, with which the codes of its findings begin} */
    public String code() {
        return code;
    }

    /** {@return the value's name within a sentence} */
    public String words() {
        return words;
    }

    /**
     * Reads the value.
     *
     * @param profile a captured profile
     * @return its text, sizes to the byte; empty where it was not captured
     */
    public Optional<String> of(CapturedProfile profile) {
        return Optional.ofNullable(text(profile));
    }

    private @Nullable String text(CapturedProfile profile) {
        return switch (this) {
            case REGION -> profile.region();
            case PROVIDER -> profile.provider();
            case NODE_COUNT -> number(profile.nodeCount());
            case VCPU -> number(profile.vcpu());
            case MEMORY -> size(profile.memory());
            case STORAGE_TIER -> profile.storageTier();
            case STORAGE_SIZE -> size(profile.storageSize());
            case NETWORK_MODE -> profile.networkMode();
            case DEVELOPMENT_MODE -> onOff(profile.developmentMode());
            case TIGERBEETLE_VERSION -> profile.tigerBeetleVersion();
        };
    }

    private static @Nullable String number(@Nullable Integer value) {
        return value == null ? null : value.toString();
    }

    /** Words alone would call two sizes the same that differ by less than they show. */
    private static @Nullable String size(@Nullable ByteSize value) {
        return value == null ? null : value.words() + " (" + value.bytes() + " bytes)";
    }

    private static @Nullable String onOff(@Nullable Boolean value) {
        if (value == null) {
            return null;
        }
        return value ? "on" : "off";
    }
}
