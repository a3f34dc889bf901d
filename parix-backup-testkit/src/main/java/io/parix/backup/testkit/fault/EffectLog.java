package io.parix.backup.testkit.fault;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What was called, in the order in which the calls began, as of one moment. Immutable; narrowed by what gives a smaller one.
 *
 * <p>Of each kind, effects and looks, the last {@value #LIMIT} are kept; {@link #dropped} says how many were more. One that fails an
 * assertion prints its last lines.
 */
public final class EffectLog {
    /** How many effects are kept, and how many looks. */
    public static final int LIMIT = 10_000;

    private static final int PRINTED = 60;

    private final List<Entry> entries;
    private final long dropped;

    /**
     * One call.
     *
     * @param number counted from 1 over all calls
     * @param at when it began
     * @param port the port, by its simple name
     * @param method the port's method
     * @param subject what it was about; empty for nothing
     * @param effect whether it is one that changes what others see, see {@link Call#isEffect}; else it only looked
     * @param faults the faults that struck it, in words; none mostly
     * @param outcome how it ended
     */
    public record Entry(
            long number,
            Instant at,
            String port,
            String method,
            String subject,
            boolean effect,
            List<String> faults,
            Outcome outcome) {
        /** {@return what was called, in short: {@code putIfAbsent db-1/backups/b1/manifest.json}} */
        public String line() {
            return subject.isEmpty() ? method : method + " " + subject;
        }

        @Override
        public String toString() {
            String call = number + " " + at + " " + port + "." + line() + " -> " + outcome;
            return faults.isEmpty() ? call : call + " (" + String.join("; ", faults) + ")";
        }
    }

    EffectLog(List<Entry> entries, long dropped) {
        this.entries = List.copyOf(entries);
        this.dropped = dropped;
    }

    /** {@return the calls} */
    public List<Entry> entries() {
        return entries;
    }

    /** {@return each call in short, see {@link Entry#line}} */
    public List<String> lines() {
        return entries.stream().map(Entry::line).toList();
    }

    /** {@return those that change what others see: where a crash before and a crash after differ} */
    public EffectLog effects() {
        return where(Entry::effect);
    }

    /** {@return those that went otherwise than asked for} */
    public EffectLog struck() {
        return where(entry -> !entry.faults().isEmpty());
    }

    /**
     * Narrows it to ports.
     *
     * @param ports the interfaces
     * @return the calls on these
     */
    public EffectLog on(Class<?>... ports) {
        Set<String> names = Set.of(ports).stream().map(Class::getSimpleName).collect(Collectors.toSet());
        return where(entry -> names.contains(entry.port()));
    }

    /**
     * Narrows it to what came later.
     *
     * @param number of an {@link Entry}; 0 for all
     * @return the calls that began after that one
     */
    public EffectLog after(long number) {
        return where(entry -> entry.number() > number);
    }

    /**
     * Narrows it in any way.
     *
     * @param wanted which calls
     * @return those
     */
    public EffectLog where(Predicate<Entry> wanted) {
        return new EffectLog(entries.stream().filter(wanted).toList(), dropped);
    }

    /** {@return how many calls are no more in it, whether or not they would be wanted here} */
    public long dropped() {
        return dropped;
    }

    @Override
    public String toString() {
        int from = Math.max(0, entries.size() - PRINTED);
        String more = from == 0 ? "" : "… " + from + " before\n";
        return entries.subList(from, entries.size()).stream()
                .map(Entry::toString)
                .collect(Collectors.joining("\n", entries.size() + " calls:\n" + more, ""));
    }
}
