package io.parix.backup.examples.doctor;

import io.parix.backup.catalog.jdbc.CatalogSettings;
import io.parix.backup.catalog.jdbc.DatabaseUrl;
import io.parix.backup.catalog.jdbc.JdbcCatalog;
import io.parix.backup.doctor.Diagnosis;
import io.parix.backup.doctor.Finding;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.examples.parts.Ending;
import io.parix.backup.examples.parts.TextTable;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.StorageLocation;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.testkit.catalog.InMemoryCatalog;
import io.parix.backup.testkit.host.InMemoryHost;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Examines a directory as a place for backups, by an engine that is never started (spec J3). */
public final class Examine {
    private static final String USAGE = """
            usage: examples/doctor DIR [jdbc:h2:CATALOG]
                   Tries live whether DIR, which must be there, is a place for backups. A place in use belongs to the
                   installation of its catalog: name it, or requirement J4 fails. Exit code 0 when all is well, 1 when not.""";
    private static final int WIDTH = 140;
    private static final Duration WITHIN = Duration.ofMinutes(1);

    private Examine() {}

    /**
     * Examines a directory.
     *
     * @param arguments the directory, and the catalog of the installation that writes there
     */
    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out, System.err));
    }

    static int run(String[] arguments, PrintStream out, PrintStream err) {
        if (arguments.length < 1 || arguments.length > 2 || arguments[0].startsWith("-")) {
            err.println(USAGE);
            return Ending.REFUSED;
        }
        StorageLocation place = new StorageLocation("local", Map.of("root", arguments[0]), new KeyPrefix("parix"));
        return Ending.of(err::println, () -> {
            if (arguments.length == 1) {
                return examine(place, new InMemoryCatalog(InstantSource.system()), out);
            }
            try (JdbcCatalog catalog = JdbcCatalog.open(DatabaseUrl.of(arguments[1]), CatalogSettings.defaults())) {
                return examine(place, catalog, out);
            }
        });
    }

    private static int examine(StorageLocation place, Catalog catalog, PrintStream out) {
        InMemoryHost host = new InMemoryHost(InstantSource.system());
        try (ParixBackup parix = ParixBackup.builder()
                .catalog(catalog)
                .directory(host)
                .images(host)
                .restoreHost(host)
                .storage(place)
                .build()) {
            Diagnosis diagnosis = parix.doctor().examine(place, WITHIN);
            show(diagnosis, out);
            return diagnosis.healthy() ? Ending.HELD : Ending.DIFFERS;
        }
    }

    private static void show(Diagnosis diagnosis, PrintStream out) {
        TextTable table = new TextTable(WIDTH, List.of("id", "requirement", "outcome", "found"));
        for (Finding each : diagnosis.findings()) {
            table.add(List.of(each.requirement(), each.name(), each.outcome().code(), each.found()));
        }
        table.lines().forEach(out::println);
        diagnosis.findings().stream()
                .filter(each -> !each.good())
                .forEach(each -> out.println(each.requirement() + ": " + each.found() + " " + each.advice()));
        diagnosis.removed().forEach(key -> out.println("removed of an earlier examination: " + key));
        diagnosis.leftovers().forEach(each -> out.println("left: " + each.key() + ", " + each.reason()));
        out.println(diagnosis.location() + " is " + (diagnosis.healthy() ? "healthy" : "not healthy"));
    }
}
