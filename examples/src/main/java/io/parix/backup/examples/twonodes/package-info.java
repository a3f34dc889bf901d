/**
 * Two processes share a catalog; one is killed in the middle of an export, and the other finishes it. The door is
 * {@link io.parix.backup.examples.twonodes.TwoNodes}; {@link io.parix.backup.examples.twonodes.Node} with
 * {@link io.parix.backup.examples.twonodes.Site} is the part to copy from.
 */
@NullMarked
package io.parix.backup.examples.twonodes;

import org.jspecify.annotations.NullMarked;
