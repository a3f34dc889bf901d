/** The engine's limits, by name. Values only; every other room of the engine may read them. */
@NullMarked
package io.parix.backup.engine.settings;

import org.jspecify.annotations.NullMarked;
