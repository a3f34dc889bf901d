package io.parix.backup.faults;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The moments of a lane, in rounds: every chosen one as often as any other, and as many kills at random. */
final class KillPlan {
    /** More would make a round's history longer, not harder. */
    private static final int PER_ROUND = 18;

    private KillPlan() {}

    /** {@return the moments of each round; the same for the same seed} */
    static List<List<Moment>> of(int kills, Random random) {
        List<Moment> all = new ArrayList<>();
        while (all.size() < kills) {
            all.addAll(turn(random));
        }
        List<List<Moment>> rounds = new ArrayList<>();
        int count = (kills + PER_ROUND - 1) / PER_ROUND;
        int begin = 0;
        for (int i = 1; i <= count; i++) {
            int end = i * kills / count;
            // A takeover is provoked by the kill before it, which must be of the same round.
            end += end < kills && all.get(end) == Moment.IN_TAKEOVER_SWEEP ? 1 : 0;
            rounds.add(List.copyOf(all.subList(begin, end)));
            begin = end;
        }
        return rounds;
    }

    /** Every chosen moment once, in any order but for the takeover, which comes after a kill in an export. */
    private static List<Moment> turn(Random random) {
        List<Moment> turn = new ArrayList<>(Moment.chosen());
        turn.remove(Moment.IN_TAKEOVER_SWEEP);
        Collections.shuffle(turn, random);
        turn.add(turn.indexOf(Moment.AFTER_SEGMENT) + 1, Moment.IN_TAKEOVER_SWEEP);
        int chosen = turn.size();
        for (int i = 0; i < chosen / 2; i++) {
            int place = random.nextInt(turn.size() + 1);
            boolean parts = place > 0 && turn.get(place - 1) == Moment.AFTER_SEGMENT;
            turn.add(parts ? place - 1 : place, Moment.RANDOM);
        }
        return turn;
    }
}
