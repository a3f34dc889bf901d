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
     * @return how far it is, with its words
     */
    public Moment of(Instant at) {
        RelativeTime relative = between(now, at);
        return new Moment(at, relative, Language.of(locale).words(relative));
    }

    private static RelativeTime between(Instant now, Instant at) {
        Direction direction = at.isAfter(now) ? Direction.FUTURE : Direction.PAST;
        Duration far = Duration.between(now, at).abs();
        boolean ahead = direction == Direction.FUTURE;
        long minutes = whole(far, ahead, Duration.ofMinutes(1));
        long hours = whole(far, ahead, Duration.ofHours(1));
        if (far.toMinutes() == 0) {
            return new RelativeTime(far.toSeconds(), Unit.SECOND, direction);
        }
        if (minutes < 60) {
            return new RelativeTime(minutes, Unit.MINUTE, direction);
        }
        return hours < 24
                ? new RelativeTime(hours, Unit.HOUR, direction)
                : new RelativeTime(whole(far, ahead, Duration.ofDays(1)), Unit.DAY, direction);
    }

    /** What lies ahead is rounded to the nearest: a second after it was set to come in seven days it does not come in six. */
    private static long whole(Duration far, boolean nearest, Duration unit) {
        long down = far.dividedBy(unit);
        boolean up =
                nearest && far.minus(unit.multipliedBy(down)).multipliedBy(2).compareTo(unit) >= 0;
        return up ? down + 1 : down;
    }
}
