package io.parix.backup;

import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * How often a schedule runs: daily, at a time of the wall clock of a zone (spec G1).
 *
 * @param at the local time, a whole minute
 * @param zone whose wall clock; one that the runtime knows
 */
public record Cadence(LocalTime at, ZoneId zone) {
    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    /** Refuses parts of a minute. */
    public Cadence {
        if (!at.equals(at.truncatedTo(ChronoUnit.MINUTES))) {
            throw InvalidRequestException.of("cadence", "at " + at, "a schedule runs at a whole minute");
        }
    }

    /**
     * Daily at a time, as people write it.
     *
     * @param at hours and minutes, {@code 00:00} to {@code 23:59}
     * @param zone the zone's id, for example {@code Europe/Berlin}
     * @return the cadence
     * @throws InvalidRequestException when there is no such time, or the runtime does not know the zone (spec G6)
     */
    public static Cadence daily(String at, String zone) {
        return new Cadence(time(at), zone(zone));
    }

    private static LocalTime time(String at) {
        try {
            return LocalTime.parse(at, MINUTES);
        } catch (DateTimeException e) {
            throw InvalidRequestException.of("time of day", Printable.quote(at), "it must be 00:00 to 23:59");
        }
    }

    private static ZoneId zone(String id) {
        try {
            return ZoneId.of(id);
        } catch (DateTimeException e) {
            throw InvalidRequestException.of(
                    "time zone",
                    Printable.quote(id),
                    "this runtime knows no such zone; name one as Europe/Berlin or UTC");
        }
    }
}
