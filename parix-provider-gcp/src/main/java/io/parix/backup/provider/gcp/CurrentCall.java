package io.parix.backup.provider.gcp;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whose call a thread is in. Google's clients have no place for a deadline, and make requests on the thread that asks. Safe for
 * concurrent calls.
 */
final class CurrentCall {
    @SuppressWarnings(
            "ThreadLocalUsage") // Of one provider, not of the process: nothing static, and removed after each use.
    private final ThreadLocal<@Nullable GcpCall> current = new ThreadLocal<>();

    /**
     * Does work that is of a call.
     *
     * @param call the call
     * @param work makes its requests on this thread
     * @return its result
     */
    <T> T during(GcpCall call, Supplier<T> work) {
        GcpCall outer = current.get();
        current.set(call);
        try {
            return work.get();
        } finally {
            if (outer == null) {
                current.remove();
            } else {
                current.set(outer);
            }
        }
    }

    /** {@return the call, or null outside of one} */
    @Nullable
    GcpCall get() {
        return current.get();
    }
}
