/**
 * The services an embedder calls and the nouns everyone says.
 *
 * <p>Values only, valid from construction and safe to share between threads. Nothing here names a cloud, reads a clock
 * or does I/O.
 */
@NullMarked
package io.parix.backup;

import org.jspecify.annotations.NullMarked;
