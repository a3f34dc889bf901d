package io.parix.backup.testkit.simulation;

import org.jspecify.annotations.Nullable;

/** Looks at every call of an engine on its ports, and says when something does not hold. Called by the thread that calls. */
interface Witness {
    /** A process begins something. */
    default void begins() {}

    /** The catalog is lost: what was in it is known by nobody any more. */
    default void forgets() {}

    /** Called before a call is done. */
    default void about(PortCall call) {}

    /** Called when a call was done. */
    default void saw(PortCall call, @Nullable Object answer) {}
}
