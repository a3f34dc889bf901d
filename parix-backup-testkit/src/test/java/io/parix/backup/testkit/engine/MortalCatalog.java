package io.parix.backup.testkit.engine;

import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.JobWrite;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.function.IntPredicate;

/** A worker's way to the catalog, which ends at a write as the worker's life does: from then on nothing gets through. */
final class MortalCatalog {
    private static final Set<String> WRITES = Set.of("claim", "write");

    /** Where life ends. */
    enum End {
        BEFORE_THE_WRITE,
        AFTER_THE_WRITE
    }

    private final Catalog catalog;
    private final End end;
    private int writesLeft;
    private boolean dead;

    MortalCatalog(Catalog catalog, int diesAtWrite, End end) {
        this.catalog = catalog;
        this.writesLeft = diesAtWrite;
        this.end = end;
    }

    /**
     * Tries something at the first effect of a worker, then at the second of another one, until there is no such effect.
     *
     * @param at runs a worker to the effect of a number, 1 or more, and says whether it came to it
     * @return how many effects there are
     */
    static int effects(IntPredicate at) {
        int effects = 0;
        while (at.test(effects + 1)) {
            effects++;
        }
        return effects;
    }

    /** A durable write of a backup or restore; its database's clean-up goes on beside it. */
    static boolean isWrite(String method, Object[] args) {
        return WRITES.contains(method) && !isOfCleanUp(args[0]);
    }

    private static boolean isOfCleanUp(Object what) {
        JobRecord row = what instanceof JobWrite write ? write.next() : what instanceof JobRecord seen ? seen : null;
        return row != null && row.kind() == JobKind.CLEAN_UP;
    }

    boolean dead() {
        return dead;
    }

    Catalog view() {
        return (Catalog) Proxy.newProxyInstance(
                Catalog.class.getClassLoader(), new Class<?>[] {Catalog.class}, (proxy, method, args) -> {
                    boolean last = isWrite(method.getName(), args) && --writesLeft == 0;
                    dead |= last && end == End.BEFORE_THE_WRITE;
                    requireAlive();
                    try {
                        Object answer = method.invoke(catalog, args);
                        dead |= last;
                        requireAlive();
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private void requireAlive() {
        if (dead) {
            throw new IllegalStateException("This worker was killed");
        }
    }
}
