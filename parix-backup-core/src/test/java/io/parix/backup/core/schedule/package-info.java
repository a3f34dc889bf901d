/** Tests of {@code io.parix.backup.core.schedule}. */
@NullMarked
package io.parix.backup.core.schedule;

import org.jspecify.annotations.NullMarked;
