/**
 * Who writes to a place: one small object per epoch at its top, created once and never changed (spec J4).
 *
 * <p>Door: {@link io.parix.backup.archive.mark.Marks}. Whether a mark is one's own is for others to judge.
 */
@NullMarked
package io.parix.backup.archive.mark;

import org.jspecify.annotations.NullMarked;
