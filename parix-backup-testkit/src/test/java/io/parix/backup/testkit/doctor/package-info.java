/** The doctor, on places that are right and on such as are wrong on purpose. */
@NullMarked
package io.parix.backup.testkit.doctor;

import org.jspecify.annotations.NullMarked;
