/**
 * How a decision says what it looked at: every condition once, held or not, in words and with a code.
 *
 * <p>The door is {@link io.parix.backup.core.check.Condition}. No rule of the domain comes in here.
 */
@NullMarked
package io.parix.backup.core.check;

import org.jspecify.annotations.NullMarked;
