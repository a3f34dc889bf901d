package io.parix.backup.testkit.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Makes a run that violates something shorter: repeats it with less and less out of the ordinary, as long as it violates the same. */
final class Shrinking {
    /** Repeats a run. */
    interface Again {
        SimulationRun run(Choices choices, Patience patience);
    }

    static final int MOST_RUNS = 300;

    /** Each one costs all the patience there is: together they take a minute. */
    static final int MOST_LOST = 12;

    private static final Duration SHORT = Duration.ofSeconds(5);

    private final SimulationRun failed;
    private final Again again;
    private final Patience patience;
    private SimulationRun best;
    private int left = MOST_RUNS;

    Shrinking(SimulationRun failed, Again again, Duration most) {
        this.failed = failed;
        this.again = again;
        this.patience = Patience.of(most.compareTo(SHORT) < 0 ? most : SHORT);
        this.best = failed;
    }

    SimulationRun shortest() {
        int chunk = Math.max(1, best.taken().size() / 2);
        while (chunk >= 1 && goesOn()) {
            int before = best.taken().size();
            leaveOut(chunk);
            int after = best.taken().size();
            chunk = after == before ? chunk / 2 : Math.min(chunk, Math.max(1, after / 2));
        }
        return stopped();
    }

    private boolean goesOn() {
        return left > 0 && patience.lost() < MOST_LOST;
    }

    private SimulationRun stopped() {
        if (patience.lost() >= MOST_LOST) {
            return best.notShorter("a process did not come back in " + MOST_LOST + " of its repetitions");
        }
        return left > 0 ? best : best.notShorter("it was repeated " + MOST_RUNS + " times");
    }

    /** Leaves out one stretch after the other, the last ones first, and keeps to what still fails. */
    private void leaveOut(int chunk) {
        Invariant invariant = failed.violation().orElseThrow().invariant();
        List<Long> places = new ArrayList<>(best.taken().keySet());
        for (int end = places.size(); end > 0 && goesOn(); end -= chunk, left--) {
            NavigableMap<Long, Integer> fewer = new TreeMap<>(best.taken());
            places.subList(Math.max(0, end - chunk), end).forEach(fewer::remove);
            SimulationRun tried = again.run(Choices.replayed(fewer), patience);
            boolean same =
                    tried.violation().filter(v -> v.invariant() == invariant).isPresent();
            if (same && tried.taken().size() < best.taken().size()) {
                best = tried;
            }
        }
    }
}
