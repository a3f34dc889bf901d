package io.parix.backup.core.schedule;

import io.parix.backup.DatabaseId;
import java.time.Duration;

/** Where in the window a database has its place: by a hash that is the same in every process and release. */
final class Spread {
    private Spread() {}

    static Duration delay(DatabaseId database, Duration window) {
        long millis = window.toMillis();
        return millis == 0
                ? Duration.ZERO
                : Duration.ofMillis(
                        Long.remainderUnsigned(mixed(database.value().hashCode()), millis));
    }

    /** The hash of a text is specified, but neighbouring names have neighbouring hashes: the finalizer of SplitMix64. */
    private static long mixed(int hash) {
        long z = hash * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
