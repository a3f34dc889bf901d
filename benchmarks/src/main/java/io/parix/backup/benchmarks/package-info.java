/**
 * What runs hot, measured in memory by JMH, and whole processes measured against their peers.
 *
 * <p>The door is {@code benchmarks/run}. Not published: nothing may depend on this room, and it may use every other one.
 */
@NullMarked
package io.parix.backup.benchmarks;

import org.jspecify.annotations.NullMarked;
