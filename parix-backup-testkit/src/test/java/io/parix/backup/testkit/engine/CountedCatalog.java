package io.parix.backup.testkit.engine;

import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.testkit.fault.EffectLog;
import io.parix.backup.testkit.fault.Fault;
import io.parix.backup.testkit.fault.Faults;
import java.util.List;

/** A way to the catalog whose calls are looked at step by step. */
final class CountedCatalog {
    private final Faults faults;
    private final Catalog view;
    private long seen;

    CountedCatalog(EngineFixture engine, Fault... faults) {
        this.faults = Faults.on(engine.clock);
        List.of(faults).forEach(this.faults::add);
        this.view = this.faults.before(Catalog.class, engine.catalog);
    }

    /** What was called since this was last asked, in order. */
    List<String> calls() {
        List<EffectLog.Entry> since = faults.log().after(seen).entries();
        seen += since.size();
        return since.stream().map(EffectLog.Entry::method).toList();
    }

    Catalog view() {
        return view;
    }
}
