package io.parix.backup.spi;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * What goes with every provider call.
 *
 * @param timeout the longest that the call may take; a call that cannot keep it raises {@link ErrorKind#CANCELLED}
 * @param cancelled tells whether the caller has given up; looked at between blocks of work
 * @param job the job that the call serves, for logs and request tags
 * @param purpose what the call is for, for metrics and storage classes
 */
public record CallContext(Duration timeout, BooleanSupplier cancelled, String job, Purpose purpose) {
    /** What a call is for. */
    public enum Purpose {
        /** Segments and indexes. */
        DATA("data"),
        /** Manifests. */
        MANIFEST("manifest"),
        /** Listing and deleting for clean-up. */
        SWEEP("sweep"),
        /** Volume snapshots. */
        SNAPSHOT("snapshot"),
        /** Trying whether a place works. */
        PROBE("probe");

        private final String code;

        Purpose(String code) {
            this.code = code;
        }

        /** {@return the stable text of this purpose} */
        public String code() {
            return code;
        }
    }

    /**
     * Raises when the caller has given up.
     *
     * @param doing what is being done, for the message
     * @throws ProviderException of kind {@link ErrorKind#CANCELLED}
     */
    public void check(String doing) {
        if (cancelled.getAsBoolean()) {
            throw new ProviderException(
                    ErrorKind.CANCELLED, "Stopped " + doing + ": job " + job + " was told to stop.");
        }
    }
}
