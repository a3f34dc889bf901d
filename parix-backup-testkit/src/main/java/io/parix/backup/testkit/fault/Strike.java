package io.parix.backup.testkit.fault;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fault that strikes a call.
 *
 * @param fault which
 * @param call as it was asked for, before any other fault had a hand in it
 * @param some those of the call's subjects that it strikes; null for all of them
 */
record Strike(Fault fault, Call call, @Nullable List<String> some) {
    List<String> subjects() {
        return some == null ? fault.meant(call.subjects()) : some;
    }
}
