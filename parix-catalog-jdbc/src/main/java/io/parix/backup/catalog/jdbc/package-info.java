/**
 * The catalog on a database: H2 for one process, PostgreSQL for many; and wake-ups by db-scheduler on the same database.
 *
 * <p>{@link io.parix.backup.catalog.jdbc.JdbcCatalog} and {@link io.parix.backup.catalog.jdbc.JdbcDispatcher} are the doors.
 * Inside, a class per table holds its statements, {@code Database} runs transactions, and {@code Dialect} is the only place
 * that knows which database it is.
 */
@NullMarked
package io.parix.backup.catalog.jdbc;

import org.jspecify.annotations.NullMarked;
