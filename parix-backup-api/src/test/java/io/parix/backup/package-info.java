/** Tests of the values of the api. */
@NullMarked
package io.parix.backup;

import org.jspecify.annotations.NullMarked;
