package io.parix.backup.engine.doctor;

import io.parix.backup.BackupException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What several looks need, made by the first that asks; where that fails, all fail by the same error. For one thread. */
final class Once<T> {
    private final Supplier<T> making;
    private @Nullable T made;
    private @Nullable BackupException failure;

    Once(Supplier<T> making) {
        this.making = making;
    }

    T get() {
        if (failure != null) {
            throw failure;
        }
        T there = made;
        if (there == null) {
            try {
                there = making.get();
                made = there;
            } catch (BackupException e) {
                failure = e;
                throw e;
            }
        }
        return there;
    }
}
