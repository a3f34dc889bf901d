package io.parix.backup;

/**
 * How long ago something was, rounded down, or how long until it comes, rounded to the nearest: in the largest unit of which there is one.
 * Seconds are rounded down either way, so that less than one is 0 seconds.
 *
 * @param amount how many, 0 or more
 * @param unit of what; 59 seconds are seconds, 60 are a minute, 60 minutes an hour, 24 hours a day, and a day is the largest
 * @param direction back or ahead
 */
public record RelativeTime(long amount, Unit unit, Direction direction) {
    /** Refuses negative amounts. */
    public RelativeTime {
        if (amount < 0) {
            throw InvalidRequestException.of("relative time", "of " + amount + " " + unit.code(), "it is negative");
        }
    }

    /** A unit of time. */
    public enum Unit {
        /** A second. */
        SECOND("second"),
        /** 60 seconds. */
        MINUTE("minute"),
        /** 60 minutes. */
        HOUR("hour"),
        /** 24 hours. */
        DAY("day");

        private final String code;

        Unit(String code) {
            this.code = code;
        }

        /** {@return the stable text of this unit} */
        public String code() {
            return code;
        }
    }

    /** Which way. */
    public enum Direction {
        /** It was. */
        PAST("past"),
        /** It comes. */
        FUTURE("future");

        private final String code;

        Direction(String code) {
            this.code = code;
        }

        /** {@return the stable text of this direction} */
        public String code() {
            return code;
        }
    }
}
