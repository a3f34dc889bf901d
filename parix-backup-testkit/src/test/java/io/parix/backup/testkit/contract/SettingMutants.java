package io.parix.backup.testkit.contract;

import io.parix.backup.spi.catalog.SettingRecord;
import java.util.Locale;
import java.util.Optional;

/** Catalogs whose settings are wrong, each named for what it does and the requirement that it breaks. */
final class SettingMutants {
    static final CatalogMutants MUTANTS = new CatalogMutants();

    private SettingMutants() {}

    static {
        MUTANTS.add("CAT-71 there is every setting", catalog -> new WrongCatalog(catalog) {
            @Override
            public Optional<SettingRecord> setting(String name) {
                return right.setting(name).or(() -> Optional.of(new SettingRecord(name, 1, "{}")));
            }
        });
        MUTANTS.add("CAT-71 payloads are cut", catalog -> new WrongCatalog(catalog) {
            @Override
            public Optional<SettingRecord> setting(String name) {
                return right.setting(name).map(row -> {
                    String payload = row.payload();
                    return new SettingRecord(
                            name, row.version(), payload.substring(0, Math.min(payload.length(), 65_535)));
                });
            }
        });
        MUTANTS.add("CAT-71 names have no upper case", catalog -> new WrongCatalog(catalog) {
            @Override
            public Optional<SettingRecord> setting(String name) {
                return right.setting(name)
                        .or(() -> right.setting(name.replace("z", "Z")))
                        .or(() -> right.setting(name.toLowerCase(Locale.ROOT)));
            }
        });
        MUTANTS.add("CAT-72 the last writer wins", catalog -> new WrongCatalog(catalog) {
            @Override
            public Optional<SettingRecord> write(SettingRecord next) {
                long version =
                        right.setting(next.name()).map(SettingRecord::version).orElse(0L);
                return right.write(new SettingRecord(next.name(), version, next.payload()));
            }
        });
        MUTANTS.add("CAT-72 a new setting is written over the one that is there", catalog -> new WrongCatalog(catalog) {
            @Override
            public Optional<SettingRecord> write(SettingRecord next) {
                long version = next.version() > 0
                        ? next.version()
                        : right.setting(next.name()).map(SettingRecord::version).orElse(0L);
                return right.write(new SettingRecord(next.name(), version, next.payload()));
            }
        });
        MUTANTS.add("CAT-72 who comes too late is told what is there", catalog -> new WrongCatalog(catalog) {
            @Override
            public Optional<SettingRecord> write(SettingRecord next) {
                return right.write(next).or(() -> right.setting(next.name()));
            }
        });
    }
}
