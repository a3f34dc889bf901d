/** Tests of the profile's values, and sample profiles for the tests of other rooms. */
@NullMarked
package io.parix.backup.core.profile;

import org.jspecify.annotations.NullMarked;
