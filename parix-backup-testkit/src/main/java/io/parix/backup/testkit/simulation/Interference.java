package io.parix.backup.testkit.simulation;

import io.parix.backup.testkit.fault.Effect;
import org.jspecify.annotations.Nullable;

/** Decides, instead of chance, what becomes of a call. */
interface Interference {
    /** Returns null where it goes as it would. */
    @Nullable
    Effect at(PortCall call);
}
