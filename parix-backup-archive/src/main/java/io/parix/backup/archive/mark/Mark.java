package io.parix.backup.archive.mark;

import io.parix.backup.InvalidRequestException;
import io.parix.backup.Printable;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * That an installation writes to a place, from an epoch until the next one begins.
 *
 * @param installation the installation's id, 32 lower-case hexadecimal digits
 * @param epoch from 1 to {@value #LAST_EPOCH}
 * @param createdAt when it took the place, on its catalog's clock
 */
public record Mark(String installation, int epoch, Instant createdAt) {
    /** The last epoch that there can be. */
    public static final int LAST_EPOCH = 999_999_999;

    private static final Pattern INSTALLATION = Pattern.compile("[0-9a-f]{32}");

    /** Refuses what is no id and no epoch. */
    public Mark {
        if (!INSTALLATION.matcher(installation).matches()) {
            throw InvalidRequestException.of(
                    "installation", Printable.quote(installation), "it must have 32 lower-case hexadecimal digits");
        }
        if (epoch < 1 || epoch > LAST_EPOCH) {
            throw InvalidRequestException.of("epoch", String.valueOf(epoch), "it must be 1 to " + LAST_EPOCH);
        }
    }
}
