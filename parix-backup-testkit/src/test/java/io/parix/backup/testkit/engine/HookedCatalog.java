package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.fault.Fault.strikeAny;
import static io.parix.backup.testkit.fault.Turns.nth;

import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.testkit.fault.Effect;
import io.parix.backup.testkit.fault.Faults;

/** A worker's way to the catalog, with something happening once, just before or after one of its durable writes. */
final class HookedCatalog {
    private final Catalog catalog;
    private final MortalCatalog.End moment;
    private final Runnable hook;
    private final int atWrite;
    private boolean happened;

    HookedCatalog(Catalog catalog, int atWrite, MortalCatalog.End moment, Runnable hook) {
        this.catalog = catalog;
        this.atWrite = atWrite;
        this.moment = moment;
        this.hook = hook;
    }

    /** Whether as many writes were made as it waited for. */
    boolean happened() {
        return happened;
    }

    Catalog view() {
        Faults faults = Faults.on(catalog::now, time -> {});
        Runnable once = () -> {
            happened = true;
            hook.run();
        };
        faults.add(strikeAny(nth(atWrite))
                .with(
                        moment == MortalCatalog.End.BEFORE_THE_WRITE
                                ? Effect.before("is met by another", once)
                                : Effect.after("is met by another", once))
                .when("that writes", MortalCatalog::isWrite));
        return faults.before(Catalog.class, catalog);
    }
}
