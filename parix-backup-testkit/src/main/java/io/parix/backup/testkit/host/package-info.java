/**
 * A host in memory: databases whose data files are byte arrays, with every port that the engine needs. What goes
 * wrong on the way to it is put before it by {@link io.parix.backup.testkit.fault.Faults}. The door is {@link io.parix.backup.testkit.host.InMemoryHost}.
 */
@NullMarked
package io.parix.backup.testkit.host;

import org.jspecify.annotations.NullMarked;
