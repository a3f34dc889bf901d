/** Tests of availability. */
@NullMarked
package io.parix.backup.core.availability;

import org.jspecify.annotations.NullMarked;
