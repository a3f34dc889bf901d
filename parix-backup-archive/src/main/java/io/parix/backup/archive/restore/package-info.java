/**
 * From objects to staged files: fetches each segment once and fans its chunks out to every replica.
 *
 * <p>Door: {@link io.parix.backup.archive.restore.StagedRestore}. It never touches a live file.
 */
@NullMarked
package io.parix.backup.archive.restore;

import org.jspecify.annotations.NullMarked;
