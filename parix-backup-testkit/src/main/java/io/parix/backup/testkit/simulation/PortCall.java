package io.parix.backup.testkit.simulation;

import io.parix.backup.testkit.fault.Call;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * One call of an engine on one of its ports, which is watched where it is done.
 *
 * @param node whose engine
 * @param way to what answers it
 * @param arguments what it is called with
 */
record PortCall(Node node, Call way, List<@Nullable Object> arguments) implements Call {
    static PortCall of(Node node, Call way) {
        return new PortCall(node, way, way.arguments());
    }

    /** The port by which choices and outages go. */
    String portName() {
        return port().getSimpleName();
    }

    @Override
    public @Nullable Object proceed() throws Throwable {
        node.world().witnesses().forEach(each -> each.about(this));
        Object answer = plainly();
        node.world().witnesses().forEach(each -> each.saw(this, answer));
        return answer;
    }

    @Override
    public @Nullable Object proceedWith(List<@Nullable Object> others) throws Throwable {
        return new PortCall(node, way, others).proceed();
    }

    /** Does it, unseen. */
    @Nullable
    Object plainly() throws Throwable {
        node.enter();
        try {
            return way.proceedWith(arguments);
        } finally {
            node.leave();
        }
    }

    @Override
    public Class<?> port() {
        return way.port();
    }

    @Override
    public Method method() {
        return way.method();
    }

    @Override
    public String name() {
        return way.name();
    }

    @Override
    public List<String> subjects() {
        return way.subjects();
    }

    @Override
    public List<String> struck() {
        return way.struck();
    }

    @Override
    public boolean isEffect() {
        return way.isEffect();
    }

    @Override
    public void pass(Duration time) {
        way.pass(time);
    }

    @Override
    public void later(Duration time, Callable<?> what) {
        way.later(time, what);
    }
}
