/**
 * A storage provider as somebody outside this project writes it: objects in a table of H2 or PostgreSQL, on the api alone.
 *
 * <p>Door: {@link io.parix.backup.examples.provider.JdbcTableProvider}. {@code docs/provider-authors.md} tells it step by step. What
 * may not come in: retries, threads, a pool, anything about backups.
 */
@NullMarked
package io.parix.backup.examples.provider;

import org.jspecify.annotations.NullMarked;
