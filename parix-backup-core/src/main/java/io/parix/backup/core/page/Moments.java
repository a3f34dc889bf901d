package io.parix.backup.core.page;

import io.parix.backup.Moment;
import io.parix.backup.RelativeTime;
import io.parix.backup.RelativeTime.Direction;
import io.parix.backup.RelativeTime.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * Says instants relative to one of them (spec D2). Immutable.
 *
 * @param now the instant from which is counted
 * @param locale the language; English where there is no table of it
 */
public record Moments(Instant now, Locale locale) {
    /**
     * Says an instant.
     *
     * @param at any instant, before or after now
     * @return how far it is, rounded down, with its words
     */
    public Moment of(Instant at) {
        RelativeTime relative = between(now, at);
        return new Moment(at, relative, Language.of(locale).words(relative));
    }

    private static RelativeTime between(Instant now, Instant at) {
        Direction direction = at.isAfter(now) ? Direction.FUTURE : Direction.PAST;
        Duration far = Duration.between(now, at).abs();
        if (far.toDays() > 0) {
            return new RelativeTime(far.toDays(), Unit.DAY, direction);
        }
        if (far.toHours() > 0) {
            return new RelativeTime(far.toHours(), Unit.HOUR, direction);
        }
        if (far.toMinutes() > 0) {
            return new RelativeTime(far.toMinutes(), Unit.MINUTE, direction);
        }
        return new RelativeTime(far.toSeconds(), Unit.SECOND, direction);
    }
}
