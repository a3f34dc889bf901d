package io.parix.backup.testkit.simulation;

import org.jspecify.annotations.Nullable;

/**
 * Something that goes otherwise than asked for.
 *
 * @param words what, for coverage and for a person: {@code kill-after}
 * @param way how
 */
record Twist(String words, Way way) {
    /** What is done in place of the call. */
    interface Way {
        @Nullable
        Object of(Call call) throws Throwable;
    }
}
