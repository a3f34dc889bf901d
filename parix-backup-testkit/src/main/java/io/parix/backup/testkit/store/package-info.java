/**
 * Object storage and snapshots of volumes in memory that behave as real places do, with limits that can be set and damage that can be done.
 * What goes wrong on the way to them is put before them by {@link io.parix.backup.testkit.fault.Faults}.
 *
 * <p>Doors: {@link io.parix.backup.testkit.store.InMemoryProvider} for those who configure by location, and
 * {@link io.parix.backup.testkit.store.InMemoryObjectStore} for those who only need a store. Both pass the contract suites
 * that real providers pass. What may not come in: threads, files, a clock of its own.
 */
@NullMarked
package io.parix.backup.testkit.store;

import org.jspecify.annotations.NullMarked;
