/**
 * What a page says that needs no catalog: relative times in words, and cursors (spec D2).
 *
 * <p>Doors: {@link io.parix.backup.core.page.Moments} and {@link io.parix.backup.core.page.PageCursors}. Time comes in as a value; a new
 * language is one constant of {@code Language}.
 */
@NullMarked
package io.parix.backup.core.page;

import org.jspecify.annotations.NullMarked;
