/** Tests of the protection statement. */
@NullMarked
package io.parix.backup.core.protection;

import org.jspecify.annotations.NullMarked;
