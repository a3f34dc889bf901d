/**
 * What the author of a storage provider implements: {@link io.parix.backup.spi.BackupProvider} and the stores it opens.
 *
 * <p>The requirements are numbered {@code SPI-01} and up in {@code docs/provider-spi.md}. A provider moves bytes and cuts
 * snapshots; it has no state machine, no manifest and no retention, and it never retries: the engine does.
 */
@NullMarked
package io.parix.backup.spi;

import org.jspecify.annotations.NullMarked;
