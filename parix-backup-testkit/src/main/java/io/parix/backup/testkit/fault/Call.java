package io.parix.backup.testkit.fault;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * One call on a port, on its way to what answers it. What an {@link Effect} gets in its hands; for the thread that called.
 */
public interface Call {
    /** {@return the port: the interface, never the class behind it} */
    Class<?> port();

    /** {@return the port's method} */
    Method method();

    /** {@return the call for a person: {@code ObjectStore.get}} */
    String name();

    /** {@return what it is called with} */
    List<@Nullable Object> arguments();

    /**
     * What it is about, by which faults are narrowed: the key of an object, each key of a delete, the prefix of a listing, a snapshot's or
     * volume's name, a job's id and step, a database, an attempt, a restore, the name of an image.
     *
     * @return none where the call is about nothing
     */
    List<String> subjects();

    /** {@return those subjects that the fault strikes whose effect this is; the others are to go on} */
    List<String> struck();

    /** {@return whether it changes what others see: another process, or this one when it was started anew} */
    boolean isEffect();

    /**
     * Lets time pass before it returns.
     *
     * @param time how much
     */
    void pass(Duration time);

    /**
     * Puts something off. It is done before the next call on any port, or {@link Faults#settle}, that finds so much time passed; nobody
     * sees what comes of it but the log.
     *
     * @param time how long
     * @param what is to be done
     */
    void later(Duration time, Callable<?> what);

    /**
     * Does it, or what the faults that strike it, too, make of it.
     *
     * @return its answer
     * @throws Throwable what it ends with
     */
    @Nullable
    Object proceed() throws Throwable;

    /**
     * Does it with other arguments.
     *
     * @param arguments as many as before
     * @return its answer
     * @throws Throwable what it ends with
     */
    @Nullable
    Object proceedWith(List<@Nullable Object> arguments) throws Throwable;

    /**
     * Looks for an argument.
     *
     * @param <T> its type
     * @param type its type
     * @return the first argument of it
     * @throws IllegalStateException when there is none
     */
    default <T> T argument(Class<T> type) {
        for (Object each : arguments()) {
            if (type.isInstance(each)) {
                return type.cast(each);
            }
        }
        throw new IllegalStateException(name() + " was called without any " + type.getSimpleName());
    }

    /** {@return all subjects for a person, the first three of many by name} */
    default String subject() {
        List<String> all = subjects();
        return all.size() <= 3
                ? String.join(", ", all)
                : String.join(", ", all.subList(0, 3)) + " and " + (all.size() - 3) + " more";
    }
}
