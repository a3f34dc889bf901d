/**
 * What a dashboard shows of a database's backups, and how protected the database is (spec D, J2): facts are read here, once for all rows,
 * and {@code core} decides.
 *
 * <p>The door is {@link io.parix.backup.engine.page.PageReader}. Nothing is written, no provider is called, and no query is made per row.
 */
@NullMarked
package io.parix.backup.engine.page;

import org.jspecify.annotations.NullMarked;
