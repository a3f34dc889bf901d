/** Tests of what a look of clean-up comes to. */
@NullMarked
package io.parix.backup.engine.sweep;

import org.jspecify.annotations.NullMarked;
