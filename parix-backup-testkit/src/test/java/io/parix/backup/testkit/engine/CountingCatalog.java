package io.parix.backup.testkit.engine;

import io.parix.backup.spi.catalog.Catalog;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/** A way to the catalog that writes down which of its methods were called. For one thread. */
final class CountingCatalog {
    private final Catalog catalog;
    private final List<String> calls = new ArrayList<>();

    CountingCatalog(Catalog catalog) {
        this.catalog = catalog;
    }

    /** What was called since this was last asked, in order. */
    List<String> calls() {
        List<String> since = List.copyOf(calls);
        calls.clear();
        return since;
    }

    Catalog view() {
        return (Catalog) Proxy.newProxyInstance(
                Catalog.class.getClassLoader(), new Class<?>[] {Catalog.class}, (proxy, method, args) -> {
                    calls.add(method.getName());
                    try {
                        return method.invoke(catalog, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
