/** The engine room. */
@NullMarked
package io.parix.backup.engine;

import org.jspecify.annotations.NullMarked;
