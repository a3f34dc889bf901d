/**
 * The file operations that change a disk, one method each, for the rooms of this module only.
 *
 * <p>Door: {@link io.parix.backup.provider.local.disk.Disk}. It is the seam at which a test stops a process between any two
 * operations, or makes one fail as a full disk does. What may not come in: decisions.
 */
@NullMarked
package io.parix.backup.provider.local.disk;

import org.jspecify.annotations.NullMarked;
