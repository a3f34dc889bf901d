package io.parix.backup.benchmarks;

import io.parix.backup.catalog.jdbc.CatalogSettings;
import io.parix.backup.catalog.jdbc.JdbcCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** {@code benchmarks/run catalog}: the catalog and its dispatch on a PostgreSQL that it starts, fills and deletes. */
public final class CatalogBars {
    private final CatalogOptions options;

    private CatalogBars(CatalogOptions options) {
        this.options = options;
    }

    /**
     * Measures.
     *
     * @param arguments see {@code benchmarks/run}
     */
    public static void main(String[] arguments) throws InterruptedException, SQLException {
        try {
            CatalogOptions options = CatalogOptions.parse(List.of(arguments));
            CatalogTable table = new CatalogBars(options).run();
            table.lines().forEach(System.out::println);
            if (options.page().isPresent()) {
                String date = LocalDate.now(ZoneOffset.UTC).toString();
                PageSections.write(options.page().get(), table.section(date, Machine.here()));
                System.out.println("Written to " + options.page().get());
            }
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        } catch (IOException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    /** Measures in a temporary folder, which is gone afterwards. */
    static CatalogTable measure(CatalogOptions options) throws IOException, SQLException, InterruptedException {
        return new CatalogBars(options).run();
    }

    private CatalogTable run() throws IOException, SQLException, InterruptedException {
        Path work = Files.createTempDirectory("parix-catalog-");
        try (CatalogServer server = CatalogServer.start(work)) {
            return run(server);
        } finally {
            Folders.delete(work);
        }
    }

    private CatalogTable run(CatalogServer server) throws IOException, SQLException, InterruptedException {
        CatalogSize size = options.size();
        try (JdbcCatalog catalog = JdbcCatalog.open(server.pool(), CatalogSettings.defaults())) {
            WrittenBackups written = WrittenBackups.in(catalog);
            new CatalogFill(size, written).into(server);
            List<CatalogBar.Measured> measured = new ArrayList<>(new QueryBars(server.pool(), catalog, size).measure());
            measured.add(new DispatchBar(server, catalog, size, written).measure());
            return new CatalogTable(size, server.ask("show server_version"), measured);
        }
    }
}
