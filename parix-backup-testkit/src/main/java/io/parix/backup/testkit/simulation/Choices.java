package io.parix.backup.testkit.simulation;

import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Every decision of a run, in order. The ordinary answer is always 0, so a run is what its other answers are: those are kept, and
 * a run that is given some of them takes them again at the same places.
 */
final class Choices {
    private interface Source {
        int unusual(double probability, int bound);

        int among(int bound);
    }

    private final NavigableMap<Long, Integer> taken = new TreeMap<>();
    private final Source source;
    private long asked;

    private Choices(Source source) {
        this.source = source;
    }

    /** By chance, the same for each seed. */
    static Choices seeded(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return new Choices(new Source() {
            @Override
            public int unusual(double probability, int bound) {
                return random.nextDouble() < probability ? 1 + random.nextInt(bound) : 0;
            }

            @Override
            public int among(int bound) {
                return random.nextInt(bound);
            }
        });
    }

    /** Nothing is out of the ordinary. */
    static Choices ordinary() {
        return replayed(new TreeMap<>());
    }

    /** As they were taken before; all others are ordinary. */
    static Choices replayed(NavigableMap<Long, Integer> script) {
        Choices[] self = new Choices[1];
        self[0] = new Choices(new Source() {
            @Override
            public int unusual(double probability, int bound) {
                return Math.min(at(), bound);
            }

            @Override
            public int among(int bound) {
                return at() % bound;
            }

            private int at() {
                return script.getOrDefault(self[0].asked, 0);
            }
        });
        return self[0];
    }

    /** Returns 0, or with this probability one of 1 to the bound. */
    int unusual(double probability, int bound) {
        return note(source.unusual(probability, bound));
    }

    /** Returns one of 0 to the bound less one, each as probable as the others. */
    int among(int bound) {
        return note(source.among(bound));
    }

    private int note(int answer) {
        if (answer != 0) {
            taken.put(asked, answer);
        }
        asked++;
        return answer;
    }

    /** The answers that were not ordinary, by place. */
    NavigableMap<Long, Integer> taken() {
        return taken;
    }
}
