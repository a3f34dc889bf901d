package io.parix.backup.testkit.fault;

import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.testkit.engine.SkewedClock;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a call: a function of it, which lets it {@link Call#proceed}, or not, or otherwise. Immutable, where a way of one's own
 * is.
 */
public final class Effect {
    private final String words;
    private final Predicate<Method> fits;
    private final boolean eachSubject;
    private final Way way;

    /** What is done in place of a call. */
    @FunctionalInterface
    public interface Way {
        /**
         * Does it.
         *
         * @param call the call
         * @return what its caller gets
         * @throws Throwable what its caller gets instead
         */
        @Nullable
        Object of(Call call) throws Throwable;
    }

    private Effect(String words, Predicate<Method> fits, Way way) {
        this(words, fits, false, way);
    }

    private Effect(String words, Predicate<Method> fits, boolean eachSubject, Way way) {
        this.words = words;
        this.fits = fits;
        this.eachSubject = eachSubject;
        this.way = way;
    }

    /**
     * Any effect.
     *
     * @param words what it is, for a person
     * @param way what is done
     * @return that effect, on any method
     */
    public static Effect of(String words, Way way) {
        return new Effect(words, method -> true, way);
    }

    /**
     * It is not done, and its caller gets an error.
     *
     * @param with the error
     * @return that effect, on any method
     */
    public static Effect fail(Refusal with) {
        return of("fails: " + with, call -> {
            throw with.of(call);
        });
    }

    /**
     * It is not done, and its caller gets an answer.
     *
     * @param answer of the method's type
     * @return that effect, on methods with such answers
     */
    public static Effect answer(Object answer) {
        return new Effect("answers " + answer, method -> method.getReturnType().isInstance(answer), call -> answer);
    }

    /**
     * It is not done, and its caller thinks that it was, as with a wake-up that is lost.
     *
     * @return that effect, on methods that answer nothing
     */
    public static Effect drop() {
        return new Effect("is dropped", method -> method.getReturnType() == void.class, call -> null);
    }

    /**
     * It is done, and its caller does not learn so: a place and a catalog raise {@link ErrorKind#OUTCOME_UNKNOWN}, a host an
     * {@link java.io.IOException} where the method has one, else an {@link IllegalStateException}.
     *
     * @return that effect, on any method
     */
    public static Effect lostAnswer() {
        return of("loses its answer", call -> {
            Object answer = call.proceed();
            if (answer instanceof AutoCloseable open) {
                open.close();
            }
            throw Losses.of(call);
        });
    }

    /**
     * It is given up as in {@link #lostAnswer}, and done later nevertheless, whatever its caller has decided meanwhile.
     *
     * @param after how much later, see {@link Call#later}
     * @return that effect, on any method
     */
    public static Effect landLate(Duration after) {
        return of("lands " + after + " late", call -> {
            call.later(after, () -> Losses.landed(call));
            throw Losses.of(call);
        });
    }

    /**
     * It takes so long before it is done.
     *
     * @param time how long
     * @return that effect, on any method
     */
    public static Effect delay(Duration time) {
        return of("is delayed by " + time, call -> {
            call.pass(time);
            return call.proceed();
        });
    }

    /**
     * It is done, and its answer takes so long.
     *
     * @param time how long
     * @return that effect, on any method
     */
    public static Effect delayAnswer(Duration time) {
        return of("answers " + time + " late", call -> {
            Object answer = call.proceed();
            call.pass(time);
            return answer;
        });
    }

    /**
     * Nothing happens until its deadline, when it raises {@link ErrorKind#CANCELLED}.
     *
     * @return that effect, on methods whose calls have a deadline
     */
    public static Effect hang() {
        return new Effect("hangs", takes(CallContext.class), call -> {
            CallContext context = call.argument(CallContext.class);
            context.check(call.name());
            call.pass(context.timeout());
            throw new ProviderException(ErrorKind.CANCELLED, "Stopped " + call.name() + ": its time was up.");
        });
    }

    /**
     * The stream that it answers breaks.
     *
     * @param after so many bytes are still read, 0 or more
     * @return that effect, on methods that answer a stream
     */
    public static Effect breakStream(int after) {
        return new Effect(
                "breaks after " + after + " bytes",
                Effect::streams,
                call -> call.proceed() instanceof InputStream in ? new BrokenStream(in, after) : null);
    }

    /**
     * A bit in the middle is another one on arrival; at its origin it stays right. What comes as a stream is read whole into memory.
     *
     * @return that effect, on methods that read or write bytes
     */
    public static Effect flip() {
        return new Effect("flips a bit", Bytes::moves, Bytes::flipped);
    }

    /**
     * Other bytes are kept than were sent, and its caller does not learn so.
     *
     * @param damage makes them of a copy of those that were sent, see {@link Damage}
     * @return that effect, on methods that write bytes
     */
    public static Effect corrupt(UnaryOperator<byte[]> damage) {
        return new Effect("is corrupted", Bytes::writes, call -> Bytes.corrupted(call, damage));
    }

    /**
     * Only the first bytes are kept, and its caller learns that it failed, as in {@link #lostAnswer}. Real stores promise that this cannot
     * happen; disks do not.
     *
     * @param after how many, 0 or more
     * @return that effect, on methods that write bytes
     */
    public static Effect tear(int after) {
        return new Effect("is torn after " + after + " bytes", Bytes::writes, call -> {
            Bytes.corrupted(call, bytes -> Arrays.copyOf(bytes, Math.min(after, bytes.length)));
            throw Losses.of(call);
        });
    }

    /**
     * A delete of several objects is partial: the place keeps those that the fault strikes, which are counted one by one, and says so of
     * each.
     *
     * @param why what it says; of a {@link ProviderException}, which one of kind {@link ErrorKind#LOCKED} makes it
     *     {@link io.parix.backup.spi.DeleteOutcome.Locked} and any other one {@link io.parix.backup.spi.DeleteOutcome.Failed}
     * @return that effect, on {@link io.parix.backup.spi.ObjectStore#delete}
     */
    public static Effect keep(Refusal why) {
        return new Effect("is kept: " + why, PartialDelete::fits, true, call -> PartialDelete.of(call, why));
    }

    /**
     * It is done as it should, and from then on a clock is wrong.
     *
     * @param clock which
     * @param by how far it is ahead; behind where negative
     * @return that effect, on any method
     */
    public static Effect skew(SkewedClock clock, Duration by) {
        return before("skews a clock by " + by, () -> clock.by(by));
    }

    /**
     * Something happens, then it is done.
     *
     * @param words what, for a person
     * @param happening what
     * @return that effect, on any method
     */
    public static Effect before(String words, Runnable happening) {
        return of("before it " + words, call -> {
            happening.run();
            return call.proceed();
        });
    }

    /**
     * It is done, then something happens, and only then its caller gets its answer.
     *
     * @param words what, for a person
     * @param happening what
     * @return that effect, on any method
     */
    public static Effect after(String words, Runnable happening) {
        return of("after it " + words, call -> {
            Object answer = call.proceed();
            happening.run();
            return answer;
        });
    }

    private static Predicate<Method> takes(Class<?> type) {
        return method -> Arrays.asList(method.getParameterTypes()).contains(type);
    }

    private static boolean streams(Method method) {
        return method.getReturnType() == InputStream.class;
    }

    /**
     * Tells whether a method can meet with it.
     *
     * @param method a port's
     * @return whether it can
     */
    public boolean fits(Method method) {
        return fits.test(method);
    }

    /** Whether each subject of a call is counted, and struck, by itself. */
    boolean strikesEachSubject() {
        return eachSubject;
    }

    /**
     * Does it.
     *
     * @param call to this call
     * @return what its caller gets
     * @throws Throwable what its caller gets instead
     */
    public @Nullable Object on(Call call) throws Throwable {
        return way.of(call);
    }

    @Override
    public String toString() {
        return words;
    }
}
