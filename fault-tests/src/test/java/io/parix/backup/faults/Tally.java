package io.parix.backup.faults;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a lane has done and found. Not safe for concurrent use. */
final class Tally {
    private final Map<Moment, Integer> kills = new EnumMap<>(Moment.class);
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private Duration took = Duration.ZERO;

    void killed(Moment moment) {
        kills.merge(moment, 1, Integer::sum);
    }

    void ended(String outcome) {
        outcomes.merge(outcome, 1, Integer::sum);
    }

    void took(Duration time) {
        took = time;
    }

    int kills() {
        return kills.values().stream().mapToInt(Integer::intValue).sum();
    }

    int kills(Moment moment) {
        return kills.getOrDefault(moment, 0);
    }

    Map<String, Integer> outcomes() {
        return Map.copyOf(outcomes);
    }

    /** {@return a few lines for a person} */
    String shown(String lane) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, "%s: %d kills in %.1f s%n", lane, kills(), took.toMillis() / 1000.0));
        for (Moment moment : Moment.values()) {
            text.append(String.format(Locale.ROOT, "  %3d %s%n", kills(moment), moment));
        }
        outcomes.forEach((outcome, count) -> text.append(String.format(Locale.ROOT, "  %5d %s%n", count, outcome)));
        return text.toString();
    }
}
