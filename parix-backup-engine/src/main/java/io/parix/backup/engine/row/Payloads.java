package io.parix.backup.engine.row;

import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import org.jspecify.annotations.Nullable;

/** What all payloads share. */
final class Payloads {
    static final int VERSION = 1;

    private Payloads() {}

    static void requireVersion(String whose, int version) {
        if (version != VERSION) {
            throw new FailedException(
                    ErrorCode.FORMAT_UNKNOWN,
                    "Cannot read " + whose + ": its payload has version " + version + ", this release knows " + VERSION
                            + ". Upgrade before touching it.");
        }
    }

    static <T> T there(String whose, String what, @Nullable T value) {
        if (value == null) {
            throw new FailedException(
                    ErrorCode.FORMAT_UNKNOWN, "Cannot read " + whose + ": its payload lacks " + what + ".");
        }
        return value;
    }
}
