package io.parix.backup.core.page;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Instants that every catalog can say: whole microseconds of the years 1 to 9999. No backup was asked for at another. */
public final class Sayable {
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

    private Sayable() {}

    /**
     * Tells whether every catalog can say an instant.
     *
     * @param at any
     * @return whether it can
     */
    public static boolean is(Instant at) {
        return atOrAfter(at).equals(at);
    }

    /**
     * The first such instant at or after another; the last one where there is none.
     *
     * @param at any
     * @return an instant that every catalog can say
     */
    public static Instant atOrAfter(Instant at) {
        if (at.isBefore(FIRST)) {
            return FIRST;
        }
        if (at.isAfter(LAST)) {
            return LAST;
        }
        Instant floor = at.truncatedTo(ChronoUnit.MICROS);
        return floor.equals(at) ? at : floor.plus(1, ChronoUnit.MICROS);
    }
}
