package io.parix.backup.archive.manifest;

import io.parix.backup.spi.Checksums;

/**
 * A manifest as it lies in a store.
 *
 * @param manifest what it says
 * @param length its length in bytes
 * @param checksums of its bytes as stored; the SHA-256 is the manifest's digest
 */
public record StoredManifest(Manifest manifest, int length, Checksums checksums) {}
