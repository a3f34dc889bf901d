/** The core room. */
@NullMarked
package io.parix.backup.core;

import org.jspecify.annotations.NullMarked;
