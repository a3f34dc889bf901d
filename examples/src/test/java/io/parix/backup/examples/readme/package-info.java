/** What the README says is true of this repository. */
@NullMarked
package io.parix.backup.examples.readme;

import org.jspecify.annotations.NullMarked;
