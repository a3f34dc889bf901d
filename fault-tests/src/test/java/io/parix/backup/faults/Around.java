package io.parix.backup.faults;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A port with something around its calls. */
final class Around {
    private Around() {}

    /** The call itself. */
    interface Call {
        @Nullable
        Object go() throws Throwable;
    }

    /** What is done around a call. */
    interface Hook {
        @Nullable
        Object call(String method, Object[] arguments, Call call) throws Throwable;
    }

    static <T> T of(Class<T> port, T right, Hook hook) {
        return each(port, arguments -> right, hook);
    }

    /** A port in front of several, chosen by a call's arguments. */
    static <T> T each(Class<T> port, Function<Object[], T> choice, Hook hook) {
        Object proxy =
                Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (self, method, arguments) -> {
                    Object[] given = arguments == null ? new Object[0] : arguments;
                    return hook.call(method.getName(), given, () -> {
                        try {
                            return method.invoke(choice.apply(given), given);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
                });
        return port.cast(proxy);
    }
}
