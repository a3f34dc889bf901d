package io.parix.backup.core.page;

import io.parix.backup.RelativeTime;
import io.parix.backup.RelativeTime.Direction;
import java.util.Arrays;
import java.util.Locale;

/** The languages in which relative times are said. */
enum Language {
    ENGLISH(Locale.ENGLISH, "now") {
        @Override
        String around(Direction direction, String amount) {
            return direction == Direction.PAST ? amount + " ago" : "in " + amount;
        }

        @Override
        String unit(RelativeTime time) {
            String one = time.unit().code();
            return time.amount() == 1 ? one : one + "s";
        }
    },
    GERMAN(Locale.GERMAN, "jetzt") {
        @Override
        String around(Direction direction, String amount) {
            return (direction == Direction.PAST ? "vor " : "in ") + amount;
        }

        /** In the dative, which both prepositions ask for. */
        @Override
        String unit(RelativeTime time) {
            boolean one = time.amount() == 1;
            return switch (time.unit()) {
                case SECOND -> one ? "Sekunde" : "Sekunden";
                case MINUTE -> one ? "Minute" : "Minuten";
                case HOUR -> one ? "Stunde" : "Stunden";
                case DAY -> one ? "Tag" : "Tagen";
            };
        }
    };

    private final Locale locale;
    private final String now;

    Language(Locale locale, String now) {
        this.locale = locale;
        this.now = now;
    }

    /** The language of a locale, whatever its country; English where there is no table of it. */
    static Language of(Locale wanted) {
        return Arrays.stream(values())
                .filter(language -> language.locale.getLanguage().equals(wanted.getLanguage()))
                .findFirst()
                .orElse(ENGLISH);
    }

    String words(RelativeTime time) {
        return time.amount() == 0 ? now : around(time.direction(), time.amount() + " " + unit(time));
    }

    abstract String around(Direction direction, String amount);

    abstract String unit(RelativeTime time);
}
