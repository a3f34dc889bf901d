/** Tests of the catalog in memory against what the catalog's port promises. */
@NullMarked
package io.parix.backup.testkit.catalog;

import org.jspecify.annotations.NullMarked;
