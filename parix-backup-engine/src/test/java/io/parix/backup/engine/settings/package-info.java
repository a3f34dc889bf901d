/** Tests of the engine's limits. */
@NullMarked
package io.parix.backup.engine.settings;

import org.jspecify.annotations.NullMarked;
