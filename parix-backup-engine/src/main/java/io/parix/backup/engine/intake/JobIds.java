package io.parix.backup.engine.intake;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Ids of new jobs: a letter, the instant to the second, and 64 random bits, so that they sort by time for a person and never
 * meet. Safe for concurrent calls where the source is.
 */
public final class JobIds {
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final RandomGenerator random;

    /**
     * Ids from a source.
     *
     * @param random the source; unpredictable in production, seeded in a simulation
     */
    public JobIds(RandomGenerator random) {
        this.random = random;
    }

    /**
     * Makes an id that no other call makes.
     *
     * @param letter what it begins with: the kind of job
     * @param now the catalog's clock
     * @return the id
     */
    public String next(String letter, Instant now) {
        return letter + SECONDS.format(now) + "-" + String.format(Locale.ROOT, "%016x", random.nextLong());
    }
}
