package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.fault.Fault.strikeAny;

import io.parix.backup.spi.BackupProvider;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.testkit.fault.Call;
import io.parix.backup.testkit.fault.Effect;
import io.parix.backup.testkit.fault.Faults;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

    Catalog catalog(EngineFixture engine) {
        return life(engine).before(Catalog.class, engine.catalog);
    }

    BackupProvider provider(EngineFixture engine) {
        return life(engine).before(BackupProvider.class, engine.provider);
    }

    private Faults life(EngineFixture engine) {
        Faults life = Faults.on(engine.clock);
        life.add(strikeAny().with(Effect.of("lives", this::live)));
        return life;
    }

    private @Nullable Object live(Call call) throws Throwable {
        boolean last = EFFECTS.contains(call.method().getName()) && --effectsLeft == 0;
        dead |= last && end == MortalCatalog.End.BEFORE_THE_WRITE;
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
