package io.parix.backup.testkit.engine;

import io.parix.backup.spi.catalog.Catalog;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A worker's way to the catalog, with something happening once, just before or after one of its durable writes. */
final class HookedCatalog {
    private final Catalog catalog;
    private final MortalCatalog.End moment;
    private final Runnable hook;
    private int writesLeft;

    HookedCatalog(Catalog catalog, int atWrite, MortalCatalog.End moment, Runnable hook) {
        this.catalog = catalog;
        this.writesLeft = atWrite;
        this.moment = moment;
        this.hook = hook;
    }

    /** Whether as many writes were made as it waited for. */
    boolean happened() {
        return writesLeft <= 0;
    }

    Catalog view() {
        return (Catalog) Proxy.newProxyInstance(
                Catalog.class.getClassLoader(), new Class<?>[] {Catalog.class}, (proxy, method, args) -> {
                    boolean now = MortalCatalog.isWrite(method.getName(), args) && --writesLeft == 0;
                    if (now && moment == MortalCatalog.End.BEFORE_THE_WRITE) {
                        hook.run();
                    }
                    try {
                        Object answer = method.invoke(catalog, args);
                        if (now && moment == MortalCatalog.End.AFTER_THE_WRITE) {
                            hook.run();
                        }
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
