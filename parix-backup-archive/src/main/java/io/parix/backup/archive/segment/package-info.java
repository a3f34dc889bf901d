/**
 * The objects of an archive that hold bytes: where they lie, how they are written and read back, and the segment
 * format.
 *
 * <p>Door: {@link io.parix.backup.archive.segment.ArchivePlace}. Names from outside become keys only in
 * {@link io.parix.backup.archive.segment.ArchiveKeys}. What a backup is, is none of its business.
 */
@NullMarked
package io.parix.backup.archive.segment;

import org.jspecify.annotations.NullMarked;
