/**
 * What a backup consists of: the index of each replica and the manifest, whose existence makes the backup exist.
 *
 * <p>Doors: {@link io.parix.backup.archive.manifest.ManifestStore} for manifests in a store,
 * {@link io.parix.backup.archive.manifest.ManifestCodec} for their bytes.
 */
@NullMarked
package io.parix.backup.archive.manifest;

import org.jspecify.annotations.NullMarked;
