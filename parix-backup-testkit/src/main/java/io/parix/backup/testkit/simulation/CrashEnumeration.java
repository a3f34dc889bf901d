package io.parix.backup.testkit.simulation;

import io.parix.backup.testkit.fault.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Kills a process at each effect of some work, once just before and once just after it, with nothing sampled: one run counts the effects,
 * then there is a run for each death, in which others carry on, and the same invariants are looked at as in a simulation. All virtual, in
 * the calling thread and threads that wait for it. Safe for concurrent calls.
 */
public final class CrashEnumeration {
    /** When a process ends. */
    public enum Moment {
        /** Just before the effect. */
        BEFORE,
        /** Just after it, its answer unseen. */
        AFTER
    }

    /**
     * A death that something did not survive.
     *
     * @param effect the number of the effect, 1 or more
     * @param moment when
     * @param call the effect, for a person
     * @param violation what did not hold
     * @param log what happened, in order
     */
    public record Death(int effect, Moment moment, String call, Violation violation, List<String> log) {
        /** Copies the log. */
        public Death {
            log = List.copyOf(log);
        }

        @Override
        public String toString() {
            return "killed " + (moment == Moment.BEFORE ? "before" : "after") + " effect " + effect + " (" + call
                    + "): " + violation;
        }
    }

    /**
     * What came of all deaths.
     *
     * @param work what was being done
     * @param effects how many effects it has
     * @param deaths how many runs had a process killed
     * @param failed those that something did not survive
     */
    public record Result(Work work, int effects, int deaths, List<Death> failed) {
        /** Copies the list. */
        public Result {
            failed = List.copyOf(failed);
        }
    }

    private final UnaryOperator<Ports> ports;

    private CrashEnumeration(UnaryOperator<Ports> ports) {
        this.ports = ports;
    }

    /** {@return one on nothing but what this project ships} */
    public static CrashEnumeration inMemory() {
        return on(UnaryOperator.identity());
    }

    /**
     * One on a host's own ports.
     *
     * @param ports changes the ports of each run; called once more, for an empty catalog, where the work is to rebuild one
     * @return an enumeration on what it gives
     */
    public static CrashEnumeration on(UnaryOperator<Ports> ports) {
        return new CrashEnumeration(ports);
    }

    /**
     * Kills a process at each effect of some work.
     *
     * @param work what is done
     * @return what came of it
     * @throws IllegalStateException when the work does not end well even if nobody dies, or does not do the same again
     */
    public Result of(Work work) {
        Killer nobody = new Killer(0, Moment.BEFORE);
        Optional<Violation> alive = run(work, nobody, new ArrayList<>());
        if (alive.isPresent()) {
            throw new IllegalStateException(work + " does not end well, and nobody was killed: " + alive.get());
        }
        List<Death> failed = new ArrayList<>();
        for (int effect = 1; effect <= nobody.effects; effect++) {
            for (Moment moment : Moment.values()) {
                Killer killer = new Killer(effect, moment);
                List<String> log = new ArrayList<>();
                int number = effect;
                Optional<Violation> violation = run(work, killer, log);
                killer.requireDeath(work);
                violation.ifPresent(found -> failed.add(new Death(number, moment, killer.victim(), found, log)));
            }
        }
        return new Result(work, nobody.effects, nobody.effects * Moment.values().length, failed);
    }

    private Optional<Violation> run(Work work, Killer killer, List<String> log) {
        try (Run run = new Run(work.plan(), Choices.ordinary(), ports, Patience.untilSure())) {
            Stage stage = new Stage(run);
            work.prepare(stage);
            run.world().interfere(work.under(killer));
            work.act(stage);
            new Settling(run).settle();
            work.judge(stage);
            log.addAll(run.world().log());
            return run.world().watch().violation();
        }
    }

    /** Counts effects, and ends the process that comes to the one of a number. */
    private static final class Killer implements Interference {
        private final int at;
        private final Moment moment;
        private int effects;
        private @Nullable PortCall struck;

        Killer(int at, Moment moment) {
            this.at = at;
            this.moment = moment;
        }

        @Override
        public @Nullable Effect at(PortCall call) {
            if (!call.isEffect() || ++effects != at) {
                return null;
            }
            struck = call;
            return moment == Moment.BEFORE ? Twists.KILL_BEFORE : Twists.KILL_AFTER;
        }

        String victim() {
            return struck == null ? "nobody" : struck.name() + " " + struck.subject();
        }

        /** What nobody died of has survived nothing. */
        void requireDeath(Work work) {
            if (struck == null) {
                throw new IllegalStateException(
                        work + " did not come to effect " + at
                                + " when it was done again. Ports that start threads or look at other clocks are not the same again.");
            }
        }
    }
}
