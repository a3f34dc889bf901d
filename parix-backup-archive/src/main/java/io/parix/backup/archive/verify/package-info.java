/**
 * Looking at stored backups without restoring them.
 *
 * <p>Doors: {@link io.parix.backup.archive.verify.ArchiveVerification} for every byte of a backup, and
 * {@link io.parix.backup.archive.verify.ArchivedImage} for reading a stored replica as a file.
 */
@NullMarked
package io.parix.backup.archive.verify;

import org.jspecify.annotations.NullMarked;
