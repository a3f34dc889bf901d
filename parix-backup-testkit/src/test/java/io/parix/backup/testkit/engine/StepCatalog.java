package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.fault.Fault.strikeAny;

import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobWrite;
import io.parix.backup.testkit.fault.Call;
import io.parix.backup.testkit.fault.Effect;
import io.parix.backup.testkit.fault.Faults;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
        Faults life = Faults.on(catalog::now, time -> {});
        life.add(strikeAny().with(Effect.of("lives", this::live)));
        return life.before(Catalog.class, catalog);
    }

    private @Nullable Object live(Call call) throws Throwable {
        Optional<JobWrite> step = step(call);
        dead |= step.isPresent() && leaves(step.get());
        if (dead) {
            throw new IllegalStateException("This worker was killed");
        }
        Object answer = call.proceed();
        step.ifPresent(write -> note(write.next().step()));
        return answer;
    }

    /** The step of the backup or restore that is watched; its database's clean-up goes on beside it. */
    private static Optional<JobWrite> step(Call call) {
        return call.arguments().stream()
                .filter(JobWrite.class::isInstance)
                .map(JobWrite.class::cast)
                .filter(write -> write.next().kind() != JobKind.CLEAN_UP)
                .findFirst();
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
