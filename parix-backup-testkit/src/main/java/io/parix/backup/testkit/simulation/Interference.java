package io.parix.backup.testkit.simulation;

import org.jspecify.annotations.Nullable;

/** Decides, instead of chance, by which twist a call goes. */
interface Interference {
    /** Returns null where it goes as it would. */
    @Nullable
    Twist at(Call call);
}
