package io.parix.backup.testkit.fault;

import io.parix.backup.testkit.engine.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
    private final Journal journal;
    private final List<Scripted> script = new ArrayList<>();
    private final PriorityQueue<Landing> landings = new PriorityQueue<>(Comparator.comparing(Landing::due));

    private record Landing(Instant due, Callable<?> what) {}

    private Faults(InstantSource clock, Consumer<Duration> passing, Journal journal) {
        this.clock = clock;
        this.passing = passing;
        this.journal = journal;
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
        return new Faults(clock, passing, new Journal(true));
    }

    /**
     * Without faults yet, and without a log: for very many calls, of which nobody asks what they were.
     *
     * @param clock by which what was put off falls due
     * @param passing lets so much time pass before it returns, for calls that are delayed or hang
     * @return faults of which none is in force; asked for a log or for counts they refuse
     */
    public static Faults unlogged(InstantSource clock, Consumer<Duration> passing) {
        return new Faults(clock, passing, new Journal(false));
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

    /**
     * Tells what was called.
     *
     * @return all that is kept of it, as of now
     * @throws IllegalStateException where calls are not logged
     */
    public EffectLog log() {
        return journal.log();
    }

    /**
     * Counts calls: all that there were, however they ended and whether or not the log still has them.
     *
     * @param method as a {@link Fault} names it
     * @return 0 or more
     * @throws IllegalArgumentException for a name that no port has, or several have
     * @throws IllegalStateException where calls are not logged
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
    synchronized List<Strike> strike(Call call) {
        List<Strike> struck = new ArrayList<>(script.size());
        for (Scripted each : script) {
            if (each.fault.isMeant(call)) {
                each.strike(call, struck);
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

        void strike(Call call, List<Strike> struck) {
            List<String> meant = fault.narrows() ? fault.meant(call.subjects()) : null;
            if (meant == null) {
                if (fault.strikes(++seen)) {
                    struck.add(new Strike(fault, call, null));
                }
            } else if (!fault.effect().strikesEachSubject()) {
                if (!meant.isEmpty() && fault.strikes(++seen)) {
                    struck.add(new Strike(fault, call, meant));
                }
            } else {
                List<String> some =
                        meant.stream().filter(subject -> fault.strikes(++seen)).toList();
                if (!some.isEmpty()) {
                    struck.add(new Strike(fault, call, some));
                }
            }
        }
    }
}
