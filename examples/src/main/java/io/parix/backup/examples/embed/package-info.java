/** The thirty lines of the README that embed the SDK, as code that a test compiles, runs and compares with the README. */
@NullMarked
package io.parix.backup.examples.embed;

import org.jspecify.annotations.NullMarked;
