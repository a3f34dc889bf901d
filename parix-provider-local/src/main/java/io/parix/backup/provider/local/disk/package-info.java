/**
 * The file operations that change a disk, and those that look at it, one method each, for the rooms of this module only.
 *
 * <p>Doors: {@link io.parix.backup.provider.local.disk.Disk} and {@link io.parix.backup.provider.local.disk.DiskView}. They are the seam at which a test stops a process between any two
 * operations, or makes one fail as a full disk, or a missing permission, does. What may not come in: decisions.
 */
@NullMarked
package io.parix.backup.provider.local.disk;

import org.jspecify.annotations.NullMarked;
