/** The testkit room. */
@NullMarked
package io.parix.backup.testkit;

import org.jspecify.annotations.NullMarked;
