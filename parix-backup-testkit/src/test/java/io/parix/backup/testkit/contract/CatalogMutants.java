package io.parix.backup.testkit.contract;

import io.parix.backup.spi.catalog.Catalog;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Catalogs that are wrong on purpose, by what they do. */
final class CatalogMutants {
    private final Map<String, UnaryOperator<Catalog>> byName = new LinkedHashMap<>();

    /** {@return every wrong catalog there is} */
    static Map<String, UnaryOperator<Catalog>> all() {
        Map<String, UnaryOperator<Catalog>> all = new LinkedHashMap<>();
        all.putAll(InsertMutants.MUTANTS.byName);
        all.putAll(SlotMutants.MUTANTS.byName);
        all.putAll(LeaseMutants.MUTANTS.byName);
        all.putAll(JobMutants.MUTANTS.byName);
        all.putAll(ConditionMutants.MUTANTS.byName);
        all.putAll(ScheduleMutants.MUTANTS.byName);
        all.putAll(CleanUpMutants.MUTANTS.byName);
        all.putAll(SelectMutants.MUTANTS.byName);
        all.putAll(RemoveMutants.MUTANTS.byName);
        all.putAll(SettingMutants.MUTANTS.byName);
        all.putAll(GaugeMutants.MUTANTS.byName);
        return all;
    }

    void add(String name, UnaryOperator<Catalog> wrong) {
        byName.put(name, wrong);
    }
}
