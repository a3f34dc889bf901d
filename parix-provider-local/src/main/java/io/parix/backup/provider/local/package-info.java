/**
 * Files and directories as a storage provider: the embedded default and the reference implementation of the SPI.
 *
 * <p>Door: {@link io.parix.backup.provider.local.LocalProvider}. An object is a file whose path under the root is its key, so a
 * copy of the directory is a copy of the store. Written for POSIX file systems with hard links that tell upper from lower
 * case. Who may write to the root owns the store: symbolic links in it are refused, not defended against in a race. What
 * may not come in: retries, threads, anything about backups.
 */
@NullMarked
package io.parix.backup.provider.local;

import org.jspecify.annotations.NullMarked;
