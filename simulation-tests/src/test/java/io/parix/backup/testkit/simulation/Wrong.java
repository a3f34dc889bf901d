package io.parix.backup.testkit.simulation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a wrong port does in place of the right one. */
interface Wrong<T> {
    @Nullable
    Object of(Call call, T right) throws Throwable;

    /** A port that is wrong. */
    static <T> T port(Class<T> type, T right, Wrong<T> wrong) {
        Object proxy = Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, args) ->
                        wrong.of(new Call(right, method, args == null ? List.of() : Arrays.asList(args)), right));
        return type.cast(proxy);
    }

    /** Wrong in one method. */
    static <T> Wrong<T> only(String method, Wrong<T> wrong) {
        return (call, right) -> call.name().equals(method) ? wrong.of(call, right) : call.right();
    }

    /** One call of a wrong port. */
    final class Call {
        private final Object port;
        private final Method method;
        private final List<@Nullable Object> args;

        Call(Object port, Method method, List<@Nullable Object> args) {
            this.port = port;
            this.method = method;
            this.args = args;
        }

        String name() {
            return method.getName();
        }

        @Nullable
        Object first() {
            return args.get(0);
        }

        <A> A argument(Class<A> type) {
            return type.cast(args.stream().filter(type::isInstance).findFirst().orElseThrow());
        }

        /** What the right port answers. */
        @Nullable
        Object right() throws Throwable {
            try {
                return method.invoke(port, args.toArray());
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }

        <A> A right(Class<A> type) throws Throwable {
            return type.cast(Objects.requireNonNull(right()));
        }
    }
}
