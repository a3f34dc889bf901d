/** Tests of relative times and cursors. */
@NullMarked
package io.parix.backup.core.page;

import org.jspecify.annotations.NullMarked;
