package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.fault.Fault.strikeAny;

import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.JobWrite;
import io.parix.backup.testkit.fault.Call;
import io.parix.backup.testkit.fault.Effect;
import io.parix.backup.testkit.fault.Faults;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

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
    static boolean isWrite(Call call) {
        return WRITES.contains(call.method().getName())
                && call.arguments().stream().noneMatch(MortalCatalog::isOfCleanUp);
    }

    private static boolean isOfCleanUp(@Nullable Object what) {
        JobRecord row = what instanceof JobWrite write ? write.next() : what instanceof JobRecord seen ? seen : null;
        return row != null && row.kind() == JobKind.CLEAN_UP;
    }

    boolean dead() {
        return dead;
    }

    Catalog view() {
        Faults life = Faults.on(catalog::now, time -> {});
        life.add(strikeAny().with(Effect.of("lives", this::live)));
        return life.before(Catalog.class, catalog);
    }

    private @Nullable Object live(Call call) throws Throwable {
        boolean last = isWrite(call) && --writesLeft == 0;
        dead |= last && end == End.BEFORE_THE_WRITE;
        requireAlive();
        Object answer = call.proceed();
        dead |= last;
        requireAlive();
        return answer;
    }

    private void requireAlive() {
        if (dead) {
            throw new IllegalStateException("This worker was killed");
        }
    }
}
