/**
 * Chunks: how the bytes of a data file are cut, told apart and compared.
 *
 * <p>Identities, the tree digest of a file, and reading several replicas side by side. No object store, no formats of
 * objects.
 */
@NullMarked
package io.parix.backup.archive.chunk;

import org.jspecify.annotations.NullMarked;
