package io.parix.backup.catalog.jdbc;

import io.parix.backup.spi.ConfigurationException;
import io.parix.backup.spi.ConfigurationMistake;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Collects the settings that are out of their bounds. */
final class Bounds {
    private final String whose;
    private final List<ConfigurationMistake> mistakes = new ArrayList<>();

    Bounds(String whose) {
        this.whose = whose;
    }

    /** Whole seconds, at least one. */
    void seconds(String key, Duration value, Duration most) {
        duration(key, value, Duration.ofSeconds(1), most);
        hold(key, value.equals(Duration.ofSeconds(value.toSeconds())), value + " is not whole seconds");
    }

    void duration(String key, Duration value, Duration least, Duration most) {
        boolean within = value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
        hold(key, within, value + " is not " + least + " to " + most);
    }

    void hold(String key, boolean holds, String problem) {
        if (!holds) {
            mistakes.add(new ConfigurationMistake(key, problem));
        }
    }

    void raise() {
        if (!mistakes.isEmpty()) {
            throw new ConfigurationException(whose, mistakes);
        }
    }
}
