package io.parix.backup.benchmarks;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was measured of one contender over all rounds. */
final class Outcome {
    private final Contender contender;
    private final Map<Stage, List<Measured>> times = new EnumMap<>(Stage.class);
    private final List<Long> storedFirst = new ArrayList<>();
    private final List<Long> storedSecond = new ArrayList<>();

    Outcome(Contender contender) {
        this.contender = contender;
    }

    Contender contender() {
        return contender;
    }

    void add(Stage stage, Measured measured, long stored) {
        times.computeIfAbsent(stage, key -> new ArrayList<>()).add(measured);
        if (stage == Stage.FIRST_BACKUP) {
            storedFirst.add(stored);
        } else if (stage == Stage.SECOND_BACKUP) {
            storedSecond.add(stored);
        }
    }

    Optional<Double> seconds(Stage stage) {
        return Optional.ofNullable(times.get(stage)).map(Measured::medianSeconds);
    }

    /** {@return the highest median peak of any stage} */
    double peakBytes() {
        return times.values().stream().mapToDouble(Measured::medianPeak).max().orElse(0);
    }

    double storedAfterFirst() {
        return Figures.median(
                storedFirst.stream().mapToDouble(Long::doubleValue).toArray());
    }

    double storedAfterSecond() {
        return Figures.median(
                storedSecond.stream().mapToDouble(Long::doubleValue).toArray());
    }
}
