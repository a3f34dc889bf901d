package io.parix.backup.engine.settings;

import io.parix.backup.spi.ConfigurationException;
import io.parix.backup.spi.ConfigurationMistake;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Collects the mistakes of settings, so that all are reported at once. For one thread. */
final class Bounds {
    private final List<ConfigurationMistake> mistakes = new ArrayList<>();

    void duration(String key, Duration value, Duration least, Duration most) {
        boolean within = value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
        hold(key, within, value + " is not " + least + " to " + most);
    }

    void number(String key, long value, long least, long most) {
        hold(key, value >= least && value <= most, value + " is not " + least + " to " + most);
    }

    void hold(String key, boolean holds, String problem) {
        if (!holds) {
            mistakes.add(new ConfigurationMistake(key, problem));
        }
    }

    /** Makes a group, or takes its mistakes. */
    <T> Optional<T> group(Supplier<T> group) {
        try {
            return Optional.of(group.get());
        } catch (ConfigurationException e) {
            mistakes.addAll(e.mistakes());
            return Optional.empty();
        }
    }

    void raise() {
        if (!mistakes.isEmpty()) {
            throw new ConfigurationException("the engine", mistakes);
        }
    }
}
