package io.parix.backup.testkit.engine;

import io.parix.backup.host.RestoreHost;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Supplier;

/** A restore host that throws at one of its steps. */
final class ThrowingHost {
    private ThrowingHost() {}

    static RestoreHost over(RestoreHost host, String step, Supplier<? extends Throwable> thrown) {
        return (RestoreHost) Proxy.newProxyInstance(
                RestoreHost.class.getClassLoader(), new Class<?>[] {RestoreHost.class}, (proxy, method, args) -> {
                    if (method.getName().equals(step)) {
                        throw thrown.get();
                    }
                    try {
                        return method.invoke(host, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
