package io.parix.backup.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * The rounds of a comparison. In each one every contender begins with an empty repository, all back the same files up, the files
 * change, all back them up again, and all restore. The order rotates, so that no contender always comes first.
 */
final class Rounds {
    private final Path data;
    private final Path work;
    private final ProcessRunner processes;
    private final List<Outcome> outcomes;

    Rounds(Path data, Path work, List<Contender> contenders) {
        this.data = data;
        this.work = work;
        this.processes = new ProcessRunner(work.resolve("last-command.log"));
        this.outcomes = contenders.stream().map(Outcome::new).toList();
    }

    /** Changes the data between the first and the second backup. */
    @FunctionalInterface
    interface Change {
        void apply(int round) throws IOException, InterruptedException;
    }

    List<Outcome> run(int rounds, Change change) throws IOException, InterruptedException {
        for (int round = 0; round < rounds; round++) {
            List<Outcome> order = new ArrayList<>(outcomes);
            Collections.rotate(order, round);
            for (Outcome outcome : order) {
                processes.run(outcome.contender().prepare(Folders.fresh(placeOf(outcome))));
                time(outcome, Stage.FIRST_BACKUP);
            }
            change.apply(round);
            for (Outcome outcome : order) {
                time(outcome, Stage.SECOND_BACKUP);
            }
            for (Outcome outcome : order) {
                time(outcome, Stage.RESTORE);
                Folders.delete(placeOf(outcome));
            }
        }
        return outcomes;
    }

    private void time(Outcome outcome, Stage stage) throws IOException, InterruptedException {
        Contender contender = outcome.contender();
        Path place = placeOf(outcome);
        Path target = place.resolve("restored");
        Folders.warm(stage == Stage.RESTORE ? contender.repository(place) : data);
        Files.createDirectories(target);
        processes.run(List.of(new Command(List.of("sync"), Map.of(), work)));
        List<Command> commands =
                stage == Stage.RESTORE ? contender.restore(place, target) : contender.backup(data, place);
        Measured measured = processes.run(commands);
        if (stage == Stage.RESTORE) {
            Folders.requireEqual(data, target);
        }
        outcome.add(stage, measured, Folders.bytesIn(contender.repository(place)));
        System.out.printf("%-8s %-34s %s%n", contender.name(), stage.words(), Figures.seconds(measured.seconds()));
    }

    private Path placeOf(Outcome outcome) {
        return work.resolve(outcome.contender().name());
    }
}
