/** The suites tried on the stores in memory, and on stores made wrong on purpose. */
@NullMarked
package io.parix.backup.testkit.contract;

import org.jspecify.annotations.NullMarked;
