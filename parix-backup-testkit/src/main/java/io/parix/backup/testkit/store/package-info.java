/**
 * Object storage in memory that behaves as real stores do, with faults that can be scripted and damage that can be done.
 *
 * <p>Doors: {@link io.parix.backup.testkit.store.InMemoryProvider} for those who configure by location, and
 * {@link io.parix.backup.testkit.store.InMemoryObjectStore} for those who only need a store. Both pass the contract suites
 * that real providers pass. What may not come in: threads, files, a clock of its own.
 */
@NullMarked
package io.parix.backup.testkit.store;

import org.jspecify.annotations.NullMarked;
