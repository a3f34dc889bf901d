/** Tests of how providers are found and opened. */
@NullMarked
package io.parix.backup.engine.provider;

import org.jspecify.annotations.NullMarked;
