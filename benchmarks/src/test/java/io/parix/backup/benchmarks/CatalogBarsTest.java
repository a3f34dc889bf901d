package io.parix.backup.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Backup;
import io.parix.backup.JobStatus;
import io.parix.backup.catalog.jdbc.CatalogSettings;
import io.parix.backup.catalog.jdbc.JdbcCatalog;
import io.parix.backup.engine.row.BackupRow;
import io.parix.backup.spi.catalog.HistoryQuery;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole benchmark with small numbers, and that its rows are such as the library writes. */
@Timeout(300)
final class CatalogBarsTest {
    private static final CatalogSize SIZE = CatalogSize.QUICK;

    @Test
    void everyBarIsMeasured() throws Exception {
        CatalogTable table = CatalogBars.measure(new CatalogOptions(SIZE, Optional.empty()));
        assertThat(table.measured()).extracting(CatalogBar.Measured::bar).containsExactly(CatalogBar.values());
        assertThat(table.measured()).allSatisfy(each -> assertThat(each.ratio()).isPositive());
    }

    @Test
    void theRowsAreThoseOfTheLibraryInOtherDatabases(@TempDir Path folder) throws Exception {
        try (CatalogServer server = CatalogServer.start(folder);
                JdbcCatalog catalog = JdbcCatalog.open(server.pool(), CatalogSettings.defaults())) {
            WrittenBackups written = WrittenBackups.in(catalog);
            new CatalogFill(SIZE, written).into(server);

            assertCount(server, "parix_job", SIZE.backups() + 2);
            assertCount(server, "parix_slot", SIZE.databases() + 1);
            assertCount(server, "parix_schedule", SIZE.databases() - 1);
            assertCount(server, "parix_wakeup", SIZE.databases() + 1);
            assertCount(server, "parix_fence", SIZE.databases() + 1);
            int completed = SIZE.backups() - SIZE.databases();
            int segments = Integer.parseInt(server.ask("select count(*) from parix_segment where job_id = '"
                    + written.completed().id() + "'"));
            assertThat(segments).isPositive();
            assertCount(server, "parix_segment", segments * (completed + 1));

            List<JobRecord> rows =
                    catalog.history(HistoryQuery.newest(CatalogFill.LONGEST, JobKind.BACKUP, SIZE.most() + 1));
            assertThat(rows).hasSize(SIZE.most());
            assertAsWritten(rows.get(0), written.waiting());
            rows.subList(1, rows.size()).forEach(row -> assertAsWritten(row, written.completed()));
        }
    }

    private static void assertCount(CatalogServer server, String table, int rows) throws Exception {
        assertThat(server.ask("select count(*) from " + table)).as(table).isEqualTo(String.valueOf(rows));
    }

    /** The library reads it, and what differs is whose it is, its id and when. */
    private static void assertAsWritten(JobRecord row, JobRecord from) {
        Backup backup = BackupRow.view(row);
        assertThat(backup.id().value()).isEqualTo(row.id());
        assertThat(backup.database()).isEqualTo(row.database());
        assertThat(backup.requestedAt()).isEqualTo(row.requestedAt());
        assertThat(backup.status()).isEqualTo(from.status());
        assertThat(row.due().isPresent()).isEqualTo(from.status() == JobStatus.QUEUED);
        assertThat(row)
                .usingRecursiveComparison()
                .ignoringFields("id", "database", "requestedAt", "lookAgainAt", "payload")
                .isEqualTo(from);
        assertThat(row.payload())
                .doesNotContain(from.id())
                .doesNotContain(from.database().value());
    }
}
