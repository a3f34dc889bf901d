/**
 * How long work over many bytes is shared out: a bounded crew of threads, of which the caller is always one.
 *
 * <p>Door: {@link io.parix.backup.archive.flow.Workbench}, handed to every export, restore and verification. Nothing
 * in here
 * knows what the work is.
 */
@NullMarked
package io.parix.backup.archive.flow;

import org.jspecify.annotations.NullMarked;
