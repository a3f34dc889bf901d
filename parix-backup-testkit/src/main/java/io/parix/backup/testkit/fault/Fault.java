package io.parix.backup.testkit.fault;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One thing that goes otherwise than asked for: which calls it strikes, and what becomes of them. Immutable; nothing happens until
 * {@link Faults#add} puts it in force, from when on its calls are counted.
 *
 * <p>Methods are named as their port names them: {@code get}. One that several ports have says whose it is, {@code ObjectStore.delete};
 * of several of one name in a port a type says which is meant, {@code Catalog.write(JobWrite)}, else they all are;
 * {@code ObjectStore.*} means all. A name that no port has is refused at once, with those that there are.
 */
public final class Fault {
    private final Where where;
    private final List<Turns> turns;
    private final Effect effect;
    /** For the log of each call that it strikes. */
    private final String words;

    /**
     * A fault but for its last word.
     *
     * @param <T> what it is
     */
    @FunctionalInterface
    public interface Begun<T> {
        /**
         * Says it.
         *
         * @param what how a call is struck
         * @return the fault
         * @throws IllegalArgumentException when none of the calls can be struck so
         */
        Fault with(T what);
    }

    /** Which calls are meant, before they are counted; of which subjects, where not any will do. */
    private record Where(
            String words, Predicate<Call> calls, @Nullable Predicate<String> subjects) {
        boolean isMeant(Call call) {
            return calls.test(call);
        }
    }

    private Fault(Where where, List<Turns> turns, Effect effect) {
        this.where = where;
        this.turns = turns;
        this.effect = effect;
        this.words = where.words + ", " + turns.stream().map(Turns::toString).collect(Collectors.joining(", ")) + ": "
                + effect;
    }

    /**
     * Calls that end with an error, without being done.
     *
     * @param method the method's name
     * @param which which of its calls; all where none is said
     * @return the fault, but for its error
     * @throws IllegalArgumentException for a name that no port has, or several have
     */
    public static Begun<Refusal> fail(String method, Turns... which) {
        Begun<Effect> begun = strike(method, which);
        return refusal -> begun.with(Effect.fail(refusal));
    }

    /**
     * Calls that are answered without being done.
     *
     * @param method the method's name
     * @param which which of its calls; all where none is said
     * @return the fault, but for the answer, which must be of the type that the method answers
     * @throws IllegalArgumentException for a name that no port has, or several have
     */
    public static Begun<Object> answer(String method, Turns... which) {
        Begun<Effect> begun = strike(method, which);
        return answer -> begun.with(Effect.answer(answer));
    }

    /**
     * Calls that go otherwise in any way.
     *
     * @param method the method's name
     * @param which which of its calls; all where none is said
     * @return the fault, but for the way
     * @throws IllegalArgumentException for a name that no port has, or several have
     */
    public static Begun<Effect> strike(String method, Turns... which) {
        Map<String, Method> found = Ports.find(method);
        return effect -> {
            if (found.values().stream().noneMatch(effect::fits)) {
                throw new IllegalArgumentException("No " + method + " " + effect + ": it is not of that kind.");
            }
            return new Fault(
                    new Where(
                            method,
                            call -> found.containsKey(Ports.signature(call.port(), call.method()))
                                    && effect.fits(call.method()),
                            null),
                    turns(which),
                    effect);
        };
    }

    /**
     * Calls of all ports that go otherwise in any way.
     *
     * @param which which calls of all that there are; all where none is said
     * @return the fault, but for the way, which leaves calls alone that it does not fit
     */
    public static Begun<Effect> strikeAny(Turns... which) {
        return effect ->
                new Fault(new Where("any call", call -> effect.fits(call.method()), null), turns(which), effect);
    }

    private static List<Turns> turns(Turns... which) {
        return which.length == 0 ? List.of(Turns.every()) : List.of(which);
    }

    /**
     * Narrows it to calls about something, see {@link Call#subjects}, that begins so.
     *
     * @param prefix any characters
     * @return the narrower fault
     */
    public Fault under(String prefix) {
        return narrowed("under " + prefix, subject -> subject.startsWith(prefix));
    }

    /**
     * Narrows it to calls about something that ends so.
     *
     * @param suffix any characters
     * @return the narrower fault
     */
    public Fault ending(String suffix) {
        return narrowed("ending " + suffix, subject -> subject.endsWith(suffix));
    }

    /**
     * Narrows it in any way.
     *
     * @param words to which calls, for a person
     * @param calls those that it may strike
     * @return the narrower fault
     */
    public Fault when(String words, Predicate<Call> calls) {
        Where narrower =
                new Where(where.words + " " + words, call -> where.isMeant(call) && calls.test(call), where.subjects);
        return new Fault(narrower, turns, effect);
    }

    private Fault narrowed(String words, Predicate<String> subjects) {
        Predicate<String> both = where.subjects == null ? subjects : where.subjects.and(subjects);
        return new Fault(new Where(where.words + " " + words, where.calls, both), turns, effect);
    }

    /** {@return what becomes of the calls that it strikes} */
    public Effect effect() {
        return effect;
    }

    /** Whether a call is meant, whatever it is about. */
    boolean isMeant(Call call) {
        return where.isMeant(call);
    }

    /** Whether it matters what a call is about. */
    boolean narrows() {
        return where.subjects != null || effect.strikesEachSubject();
    }

    /** The subjects that are meant of a call that is; where it has none, and none are asked for, one that is empty. */
    List<String> meant(List<String> all) {
        List<String> subjects = all.isEmpty() ? List.of("") : all;
        Predicate<String> meant = where.subjects;
        return meant == null ? subjects : subjects.stream().filter(meant).toList();
    }

    boolean strikes(int turn) {
        for (Turns each : turns) {
            if (each.include(turn)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return words;
    }
}
