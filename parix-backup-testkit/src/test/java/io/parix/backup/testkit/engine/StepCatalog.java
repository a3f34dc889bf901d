package io.parix.backup.testkit.engine;

import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobWrite;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/**
 * A worker's way to the catalog that notes the steps it stores, and ends, as the worker's life does, when it would store what
 * comes after a given one: the step's work is done and its row does not know.
 */
final class StepCatalog {
    private final Catalog catalog;
    private final String lastStep;
    private final List<String> stored = new ArrayList<>();
    private boolean dead;

    StepCatalog(Catalog catalog, String lastStep) {
        this.catalog = catalog;
        this.lastStep = lastStep;
    }

    /** One that nothing ends. */
    static StepCatalog immortal(Catalog catalog) {
        return new StepCatalog(catalog, "");
    }

    boolean dead() {
        return dead;
    }

    /** The steps that were stored, without repetitions by waiting. */
    List<String> stored() {
        return List.copyOf(stored);
    }

    Catalog view() {
        return (Catalog) Proxy.newProxyInstance(
                Catalog.class.getClassLoader(), new Class<?>[] {Catalog.class}, (proxy, method, args) -> {
                    boolean step = isStep(method.getName(), args);
                    if (step) {
                        dead |= leaves(((JobWrite) args[0]));
                    }
                    if (dead) {
                        throw new IllegalStateException("This worker was killed");
                    }
                    try {
                        Object answer = method.invoke(catalog, args);
                        if (step) {
                            note(((JobWrite) args[0]).next().step());
                        }
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** Steps of the backup or restore that is watched; its database's clean-up goes on beside it. */
    private static boolean isStep(String method, Object[] args) {
        return method.equals("write")
                && args[0] instanceof JobWrite write
                && write.next().kind() != JobKind.CLEAN_UP;
    }

    private boolean leaves(JobWrite write) {
        String now = catalog.find(write.next().id()).orElseThrow().step();
        return now.equals(lastStep) && !write.next().step().equals(now);
    }

    private void note(String step) {
        if (stored.isEmpty() || !stored.get(stored.size() - 1).equals(step)) {
            stored.add(step);
        }
    }
}
