/** Tests of eligibility. */
@NullMarked
package io.parix.backup.core.eligibility;

import org.jspecify.annotations.NullMarked;
