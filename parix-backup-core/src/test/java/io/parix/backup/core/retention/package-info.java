/** Tests of retention. */
@NullMarked
package io.parix.backup.core.retention;

import org.jspecify.annotations.NullMarked;
