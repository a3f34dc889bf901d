package io.parix.backup.testkit.fault;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A call that has come through some of the faults that lie around it. */
final class GatedCall implements Call {
    private final Gate<?> gate;
    private final Method method;
    private final Ports.Known known;
    private final List<@Nullable Object> arguments;
    private final Journal.Line line;
    private final List<Strike> ahead;
    private final @Nullable Strike strike;
    /** Made of the arguments when first asked for, which is several times a call. */
    private @Nullable List<String> subjects;

    private GatedCall(
            Gate<?> gate,
            Method method,
            Ports.Known known,
            List<@Nullable Object> arguments,
            Journal.Line line,
            List<Strike> ahead,
            @Nullable Strike strike) {
        this.gate = gate;
        this.method = method;
        this.known = known;
        this.arguments = arguments;
        this.line = line;
        this.ahead = ahead;
        this.strike = strike;
    }

    static GatedCall of(Gate<?> gate, Method method, @Nullable Object @Nullable [] arguments) {
        List<@Nullable Object> given =
                arguments == null ? List.of() : Collections.unmodifiableList(Arrays.asList(arguments.clone()));
        Journal.Line line = new Journal.Line();
        Ports.Known known = Ports.known(gate.port(), method);
        GatedCall bare = new GatedCall(gate, method, known, given, line, List.of(), null);
        List<Strike> strikes = gate.faults().strike(bare);
        gate.faults().journal().call(line, bare, gate.faults().now(), strikes);
        return strikes.isEmpty() ? bare : bare.with(given, strikes, null);
    }

    /** The same call, as it is further on. */
    private GatedCall with(List<@Nullable Object> others, List<Strike> next, @Nullable Strike by) {
        GatedCall further = new GatedCall(gate, method, known, others, line, next, by);
        if (others == arguments) {
            further.subjects = subjects;
        }
        return further;
    }

    Ports.Known known() {
        return known;
    }

    /** Goes through all that lies ahead, and notes how it ended. */
    @Nullable
    Object answered() throws Throwable {
        try {
            Object answer = proceed();
            line.answered(known.kind(answer));
            return answer;
        } catch (Throwable e) {
            line.threw(e);
            throw declared(e);
        }
    }

    private Throwable declared(Throwable e) {
        boolean free = e instanceof RuntimeException || e instanceof Error;
        return free || Arrays.stream(method.getExceptionTypes()).anyMatch(type -> type.isInstance(e))
                ? e
                : new IllegalStateException(
                        name() + " cannot end with " + e + ", which it does not declare. Script another error.", e);
    }

    @Override
    public @Nullable Object proceed() throws Throwable {
        return proceedWith(arguments);
    }

    @Override
    public @Nullable Object proceedWith(List<@Nullable Object> others) throws Throwable {
        if (ahead.isEmpty()) {
            return done(others);
        }
        Strike next = ahead.get(0);
        return next.fault().effect().on(with(others, ahead.subList(1, ahead.size()), next));
    }

    private @Nullable Object done(List<@Nullable Object> others) throws Throwable {
        try {
            Object answer = method.invoke(gate.right(), others.toArray());
            line.done();
            return answer;
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    @Override
    public Class<?> port() {
        return gate.port();
    }

    @Override
    public Method method() {
        return method;
    }

    @Override
    public String name() {
        return known.name();
    }

    @Override
    public List<@Nullable Object> arguments() {
        return arguments;
    }

    @Override
    public List<String> subjects() {
        if (subjects == null) {
            subjects = Subjects.of(gate.label(), arguments);
        }
        return subjects;
    }

    @Override
    public List<String> struck() {
        if (strike == null) {
            return List.of();
        }
        // A fault that lies around this one may have taken some of them out.
        Set<String> left = Set.copyOf(subjects());
        return strike.subjects().stream().filter(left::contains).toList();
    }

    @Override
    public boolean isEffect() {
        return known.effect();
    }

    @Override
    public void pass(Duration time) {
        gate.faults().pass(time);
    }

    @Override
    public void later(Duration time, Callable<?> what) {
        gate.faults().later(time, () -> landed(what));
    }

    /** It is written down once more, for that is when others see it. */
    private @Nullable Object landed(Callable<?> what) throws Exception {
        Journal.Line landing = new Journal.Line();
        gate.faults().journal().landing(landing, this, gate.faults().now());
        try {
            Object answer = what.call();
            landing.answered(known.kind(answer));
            return answer;
        } catch (Exception e) {
            landing.threw(e);
            throw e;
        }
    }

    @Override
    public String toString() {
        return name() + " " + subject();
    }
}
