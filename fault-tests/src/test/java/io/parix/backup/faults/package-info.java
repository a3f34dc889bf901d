/** Nothing is ever lost or done twice: real processes are killed, real databases fail, and what is left is looked at. */
@NullMarked
package io.parix.backup.faults;

import org.jspecify.annotations.NullMarked;
