/**
 * The production engine on a clock that a test moves and without threads. The doors are
 * {@link io.parix.backup.testkit.engine.VirtualClock} and {@link io.parix.backup.testkit.engine.SteppedDispatcher}.
 */
@NullMarked
package io.parix.backup.testkit.engine;

import org.jspecify.annotations.NullMarked;
