/** What the page about the testkit shows, run. */
@NullMarked
package io.parix.backup.examples.testkit;

import org.jspecify.annotations.NullMarked;
