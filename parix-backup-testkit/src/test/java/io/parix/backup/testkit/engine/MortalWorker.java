package io.parix.backup.testkit.engine;

import io.parix.backup.spi.BackupProvider;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderSession;
import io.parix.backup.spi.catalog.Catalog;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;

/**
 * A worker's ways to the catalog and to its provider, which end together at one effect on either, as the worker's life does: from then
 * on nothing gets through.
 */
final class MortalWorker {
    private static final Set<String> EFFECTS = Set.of("claim", "write", "remove", "insert", "delete", "putIfAbsent");

    private final MortalCatalog.End end;
    private int effectsLeft;
    private boolean dead;

    MortalWorker(int diesAtEffect, MortalCatalog.End end) {
        this.effectsLeft = diesAtEffect;
        this.end = end;
    }

    boolean dead() {
        return dead;
    }

    Catalog catalog(Catalog right) {
        return mortal(Catalog.class, right);
    }

    BackupProvider provider(BackupProvider right) {
        return mortal(BackupProvider.class, right);
    }

    private <T> T mortal(Class<T> type, T right) {
        Object proxy = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
            boolean last = EFFECTS.contains(method.getName()) && --effectsLeft == 0;
            dead |= last && end == MortalCatalog.End.BEFORE_THE_WRITE;
            requireAlive();
            try {
                Object answer = method.invoke(right, args);
                dead |= last;
                requireAlive();
                return within(method.getReturnType(), answer);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
        return type.cast(proxy);
    }

    /** What a session hands out dies with it. */
    private <T> Object within(Class<T> type, Object answer) {
        boolean way = type == ProviderSession.class || type == ObjectStore.class;
        return way ? mortal(type, type.cast(answer)) : answer;
    }

    private void requireAlive() {
        if (dead) {
            throw new IllegalStateException("This worker was killed");
        }
    }
}
