/**
 * From images to objects: reads all replicas in one pass and stores what no earlier backup holds.
 *
 * <p>Door: {@link io.parix.backup.archive.export.Export}. It writes segments and indexes; the manifest is its
 * caller's, as
 * are retries.
 */
@NullMarked
package io.parix.backup.archive.export;

import org.jspecify.annotations.NullMarked;
