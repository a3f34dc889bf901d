/**
 * Objects sealed before they leave the process, and opened again: AES-256-GCM, in pages, each object under a key of its own (spec C13).
 *
 * <p>Door: {@link io.parix.backup.archive.seal.Keyring}. The format is in {@code docs/formats/archive-v1.md}.
 */
@NullMarked
package io.parix.backup.archive.seal;

import org.jspecify.annotations.NullMarked;
