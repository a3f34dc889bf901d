package io.parix.backup.testkit.fault;

import io.parix.backup.testkit.engine.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Scripted faults before any number of ports, and the log of every call that came through them. Safe for concurrent use; what is counted
 * by the order of calls is then as accidental as that.
 *
 * <p>A port behind it and whatever it hands out are left as they are: sessions, stores, snapshots, staging places, files and images lead
 * through here, too. Without any fault the wrapper answers, throws and takes what the port does.
 */
public final class Faults {
    private final InstantSource clock;
    private final Consumer<Duration> passing;
    private final Journal journal = new Journal();
    private final List<Scripted> script = new ArrayList<>();
    private final PriorityQueue<Landing> landings = new PriorityQueue<>(Comparator.comparing(Landing::due));

    private record Landing(Instant due, Callable<?> what) {}

    private Faults(InstantSource clock, Consumer<Duration> passing) {
        this.clock = clock;
        this.passing = passing;
    }

    /**
     * Without faults yet, on a clock that delays move on.
     *
     * @param clock dates the log
     * @return faults of which none is in force
     */
    public static Faults on(VirtualClock clock) {
        return on(clock, clock::advance);
    }

    /**
     * Without faults yet, on any clock.
     *
     * @param clock dates the log
     * @param passing lets so much time pass before it returns, for calls that are delayed or hang
     * @return faults of which none is in force
     */
    public static Faults on(InstantSource clock, Consumer<Duration> passing) {
        return new Faults(clock, passing);
    }

    /**
     * Puts the faults before a port.
     *
     * @param <T> the port
     * @param port the port, as the builder of the engine takes it, or what one hands out
     * @param right what is behind it, ours or one's own
     * @return the same with the faults before it; equal to all others before the same
     * @throws IllegalArgumentException when the type is not a port
     */
    public <T> T before(Class<T> port, T right) {
        Ports.require(port);
        return new Gate<>(this, port, right, "").proxy();
    }

    /**
     * Puts a fault in force. Of several that strike one call the one that was added first is around the others: it decides whether they
     * come to act.
     *
     * @param fault counting from the next call
     */
    public synchronized void add(Fault fault) {
        script.add(new Scripted(fault));
    }

    /** Ends all faults; the log and the counts go on, and what was put off is still to come. */
    public synchronized void clear() {
        script.clear();
    }

    /** {@return the faults in force, in order} */
    public synchronized List<Fault> inForce() {
        return script.stream().map(Scripted::fault).toList();
    }

    /** {@return what was called, as of now} */
    public EffectLog log() {
        return journal.log();
    }

    /**
     * Counts calls: all that there were, however they ended and whether or not the log still has them.
     *
     * @param method as a {@link Fault} names it
     * @return 0 or more
     * @throws IllegalArgumentException for a name that no port has, or several have
     */
    public int calls(String method) {
        return journal.count(Ports.find(method).keySet());
    }

    /** Lets what was put off happen where its time has come; any call does so, too. */
    public void settle() {
        Callable<?> next = due();
        while (next != null) {
            try {
                next.call();
            } catch (Exception e) {
                // Its caller is gone; the log knows.
            }
            next = due();
        }
    }

    private synchronized @Nullable Callable<?> due() {
        Landing next = landings.peek();
        return next == null || next.due().isAfter(clock.instant())
                ? null
                : landings.remove().what();
    }

    synchronized void later(Duration time, Callable<?> what) {
        landings.add(new Landing(clock.instant().plus(time), what));
    }

    void pass(Duration time) {
        passing.accept(time);
    }

    Instant now() {
        return clock.instant();
    }

    Journal journal() {
        return journal;
    }

    /** Counts a call, and says what strikes it. */
    synchronized List<Map.Entry<Fault, List<String>>> strike(Call call) {
        List<Map.Entry<Fault, List<String>>> struck = new ArrayList<>();
        for (Scripted each : script) {
            List<String> subjects = each.strike(call);
            if (!subjects.isEmpty()) {
                struck.add(Map.entry(each.fault, subjects));
            }
        }
        return struck;
    }

    /** A fault and how many of the calls that it is meant for have come. */
    private static final class Scripted {
        private final Fault fault;
        private int seen;

        Scripted(Fault fault) {
            this.fault = fault;
        }

        Fault fault() {
            return fault;
        }

        List<String> strike(Call call) {
            List<String> meant = fault.meant(call);
            if (fault.effect().strikesEachSubject()) {
                return meant.stream().filter(subject -> fault.strikes(++seen)).toList();
            }
            return !meant.isEmpty() && fault.strikes(++seen) ? meant : List.of();
        }
    }
}
