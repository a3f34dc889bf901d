/**
 * A catalog in memory that keeps every promise of {@link io.parix.backup.spi.catalog.Catalog} but durability: for tests, and
 * for trying the SDK out. Its door is {@link io.parix.backup.testkit.catalog.InMemoryCatalog}.
 */
@NullMarked
package io.parix.backup.testkit.catalog;

import org.jspecify.annotations.NullMarked;
