/** The catalog's contract on every database, and what only this implementation promises. */
@NullMarked
package io.parix.backup.catalog.jdbc;

import org.jspecify.annotations.NullMarked;
