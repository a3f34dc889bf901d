package io.parix.backup;

import java.util.Arrays;
import java.util.Optional;

/** Where a retention period comes from (spec D5). */
public enum RetentionSource {
    /** Nobody decided: {@link RetentionPeriod#DEFAULT}. */
    DEFAULT("default"),
    /** The organization's owner or admin decided. */
    ORGANIZATION("organization");

    private final String code;

    RetentionSource(String code) {
        this.code = code;
    }

    /**
     * Reads a stored code.
     *
     * @param code the text of {@link #code()}
     * @return the source, or empty when there is none of this code
     */
    public static Optional<RetentionSource> of(String code) {
        return Arrays.stream(values()).filter(s -> s.code.equals(code)).findFirst();
    }

    /** {@return the stable text of this source} */
    public String code() {
        return code;
    }

    /** Refuses a period that cannot come from here. */
    void require(RetentionPeriod period) {
        if (this == DEFAULT && !period.equals(RetentionPeriod.DEFAULT)) {
            throw InvalidRequestException.of(
                    "retention period", period.code(), "the default is " + RetentionPeriod.DEFAULT.code());
        }
    }
}
