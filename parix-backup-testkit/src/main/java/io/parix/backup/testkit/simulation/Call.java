package io.parix.backup.testkit.simulation;

import io.parix.backup.host.RestoreCall;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.JobWrite;
import io.parix.backup.spi.catalog.NewJob;
import io.parix.backup.spi.catalog.ScheduleWrite;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call of an engine on one of its ports.
 *
 * @param node whose engine
 * @param port the port's short name
 * @param right what answers it
 * @param method the port's method
 * @param args what it is called with
 */
record Call(Node node, String port, Object right, Method method, List<@Nullable Object> args) {
    /** The call for a person and for coverage: {@code store.putIfAbsent}. */
    String name() {
        return port + "." + method.getName();
    }

    /** What it is about: its first argument, of which a name is enough. */
    String subject() {
        return args.isEmpty() ? "" : named(args.get(0));
    }

    private static String named(@Nullable Object what) {
        if (what instanceof JobRecord row) {
            return row.id() + " " + row.step();
        } else if (what instanceof NewJob job) {
            return named(job.row());
        } else if (what instanceof JobWrite write) {
            return named(write.next());
        } else if (what instanceof ScheduleWrite write) {
            return "schedule of " + write.next().database();
        } else if (what instanceof RestoreCall restore) {
            return restore.restore() + " fence " + restore.fence();
        }
        return String.valueOf(what);
    }

    /** Does it, and shows what came of it to whoever watches. */
    @Nullable
    Object proceed() throws Throwable {
        node.world().watch().about(this);
        Object answer = plainly();
        node.world().watch().saw(this, answer);
        return answer;
    }

    /** Does it, unseen. */
    @Nullable
    Object plainly() throws Throwable {
        node.enter();
        try {
            return method.invoke(right, args.toArray());
        } catch (InvocationTargetException e) {
            throw e.getCause();
        } finally {
            node.leave();
        }
    }

    /** The first argument of a type. */
    <T> T argument(Class<T> type) {
        for (Object each : args) {
            if (type.isInstance(each)) {
                return type.cast(each);
            }
        }
        throw new IllegalStateException(name() + " has no " + type.getSimpleName());
    }
}
