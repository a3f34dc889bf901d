package io.parix.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How long a backup is kept after it completed: some days, or for ever (spec H1, H8).
 *
 * <p>A day is 24 hours of the catalog's clock, whatever a wall clock shows meanwhile. Values, safe to share between threads.
 */
public sealed interface RetentionPeriod {
    /** The shortest period. */
    int MIN_DAYS = 1;
    /** The longest period that ends. */
    int MAX_DAYS = 3650;
    /** What holds where an organization decided nothing: 7 days. */
    RetentionPeriod DEFAULT = new Days(7);

    /**
     * A period of days.
     *
     * @param days {@link #MIN_DAYS} to {@link #MAX_DAYS}
     * @return the period
     * @throws InvalidRequestException when it is zero, negative or too long
     */
    static RetentionPeriod days(int days) {
        return new Days(days);
    }

    /** {@return the period that does not end} */
    static RetentionPeriod never() {
        return new Never();
    }

    /**
     * Reads a stored text.
     *
     * @param code the text of {@link #code()}
     * @return the period
     * @throws InvalidRequestException when it is not one that {@link #code()} writes
     */
    static RetentionPeriod parse(String code) {
        if (code.equals(Never.CODE)) {
            return new Never();
        }
        if (!Days.CODE.matcher(code).matches()) {
            throw InvalidRequestException.of(
                    "retention period", Printable.quote(code), "it must be days as 7d, or never");
        }
        return new Days(Integer.parseInt(code.substring(0, code.length() - 1)));
    }

    /** {@return the stable text of this period, as stored: {@code 7d}, or {@code never}} */
    String code();

    /** {@return the period in words, for example {@code 7 days}} */
    String words();

    /**
     * Compares two periods; no period of days is as long as {@code never}.
     *
     * @param other the other one
     * @return whether this one ends earlier
     */
    boolean shorterThan(RetentionPeriod other);

    /**
     * Tells when the period is over.
     *
     * @param from when it began: for a backup, when it completed
     * @return the first instant that is not of the period any more, {@link Instant#MAX} where it would lie after that; empty
     *     when the period does not end
     */
    Optional<Instant> endFrom(Instant from);

    /**
     * Tells whether the period is over; exact at any instant.
     *
     * @param from when it began
     * @param now the catalog's clock
     * @return whether {@code now} is its end or later
     */
    boolean isOver(Instant from, Instant now);

    /**
     * A number of days.
     *
     * @param days {@link RetentionPeriod#MIN_DAYS} to {@link RetentionPeriod#MAX_DAYS}
     */
    record Days(int days) implements RetentionPeriod {
        private static final Pattern CODE = Pattern.compile("[1-9][0-9]{0,3}d");

        /** Refuses what is zero, negative or too long. */
        public Days {
            if (days < MIN_DAYS || days > MAX_DAYS) {
                throw InvalidRequestException.of(
                        "retention period",
                        "of " + days + " days",
                        "it must be " + MIN_DAYS + " to " + MAX_DAYS + " days, or never");
            }
        }

        @Override
        public String code() {
            return days + "d";
        }

        @Override
        public String words() {
            return days == 1 ? "1 day" : days + " days";
        }

        @Override
        public boolean shorterThan(RetentionPeriod other) {
            return !(other instanceof Days longer) || days < longer.days;
        }

        @Override
        public Optional<Instant> endFrom(Instant from) {
            return Optional.of(EndOfTime.plus(from, Duration.ofDays(days)));
        }

        @Override
        public boolean isOver(Instant from, Instant now) {
            return Duration.between(from, now).compareTo(Duration.ofDays(days)) >= 0;
        }

        @Override
        public String toString() {
            return code();
        }
    }

    /** No end. */
    record Never() implements RetentionPeriod {
        private static final String CODE = "never";

        @Override
        public String code() {
            return CODE;
        }

        @Override
        public String words() {
            return "for ever";
        }

        @Override
        public boolean shorterThan(RetentionPeriod other) {
            return false;
        }

        @Override
        public Optional<Instant> endFrom(Instant from) {
            return Optional.empty();
        }

        @Override
        public boolean isOver(Instant from, Instant now) {
            return false;
        }

        @Override
        public String toString() {
            return CODE;
        }
    }
}
