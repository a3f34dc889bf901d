package io.parix.backup.core.job;

import io.parix.backup.ByteSize;

/**
 * Which object the manifest is, and what must be in it.
 *
 * @param key its key in storage, 1 to 1024 printable characters
 * @param sha256 SHA-256 of its bytes, in lower-case hexadecimal
 * @param size its length
 */
public record ManifestReference(String key, String sha256, ByteSize size) {
    /** Refuses what is no key and no digest. */
    public ManifestReference {
        Require.text("manifest key", key, 1024);
        Require.sha256("manifest digest", sha256);
    }
}
