package io.parix.backup.examples.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Actor;
import io.parix.backup.Backup;
import io.parix.backup.BackupAnswer;
import io.parix.backup.BackupRequest;
import io.parix.backup.ByteSize;
import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseProfile;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.JobStatus;
import io.parix.backup.Restore;
import io.parix.backup.RestoreAnswer;
import io.parix.backup.RestoreRequest;
import io.parix.backup.Shape;
import io.parix.backup.archive.datafile.DataFileLayout;
import io.parix.backup.doctor.Diagnosis;
import io.parix.backup.doctor.Finding;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.StorageLocation;
import io.parix.backup.testkit.catalog.InMemoryCatalog;
import io.parix.backup.testkit.datafile.SparseImage;
import io.parix.backup.testkit.datafile.SyntheticCluster;
import io.parix.backup.testkit.engine.SteppedDispatcher;
import io.parix.backup.testkit.engine.VirtualClock;
import io.parix.backup.testkit.host.InMemoryHost;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The engine on a table, from a backup to its restore, with the provider found by its id. */
class JdbcTableEngineTest {
    private static final DatabaseId LEDGER = new DatabaseId("ledger-1");
    private static final Actor ADA = new Actor("ada");

    // The table dates its objects by the database's clock, and clean-up compares it with the catalog's.
    private final VirtualClock clock = new VirtualClock(InstantSource.system().instant());
    private final InMemoryHost host = new InMemoryHost(clock);
    private final SteppedDispatcher dispatcher = new SteppedDispatcher(clock);
    private final SyntheticCluster cluster = SyntheticCluster.builder(DataFileLayout.TINY)
            .used(new ByteSize(1_500 * 4096))
            .build();

    private static StorageLocation location(TestDatabase database) throws SQLException {
        return new StorageLocation(
                JdbcTableProvider.ID, Map.of("url", database.emptyUrl(), "create", "true"), new KeyPrefix("parix"));
    }

    private ParixBackup engine(StorageLocation location) {
        return ParixBackup.builder()
                .catalog(new InMemoryCatalog(clock))
                .directory(host)
                .images(host)
                .restoreHost(host)
                .storage(location)
                .dispatcher(dispatcher)
                .executor(Runnable::run)
                .clock(clock)
                .settings(EngineSettings.builder()
                        .segmentSize(ByteSize.mebibytes(1))
                        .build())
                .build();
    }

    private void work() {
        dispatcher.runUntilQuiet();
        for (int i = 0; i < 5; i++) {
            clock.advance(Duration.ofMinutes(1));
            dispatcher.tick();
            dispatcher.runUntilQuiet();
        }
    }

    @ParameterizedTest(name = "C4 F4 on {0} a database is backed up, lost, and restored byte for byte")
    @EnumSource
    void bringsEveryByteBack(TestDatabase database) throws SQLException {
        host.put(profile(), files(cluster));
        try (ParixBackup parix = engine(location(database)).start()) {
            BackupAnswer asked = parix.backups().request(BackupRequest.of(LEDGER, ADA));
            work();
            Backup backup = parix.backups()
                    .find(((BackupAnswer.Accepted) asked).backup().id())
                    .orElseThrow();
            assertThat(backup.status()).as(String.valueOf(backup)).isEqualTo(JobStatus.COMPLETED);

            host.files(LEDGER, files(cluster.nextCheckpoint(0.5)));
            assertThat(same(host.files(LEDGER), files(cluster))).isFalse();
            RestoreAnswer answer = parix.restores().request(RestoreRequest.of(backup.id(), "ledger", ADA));
            work();
            Restore restore = parix.restores()
                    .find(((RestoreAnswer.Accepted) answer).restore().id())
                    .orElseThrow();
            assertThat(restore.status()).as(String.valueOf(restore)).isEqualTo(JobStatus.COMPLETED);
            assertThat(same(host.files(LEDGER), files(cluster))).isTrue();
        }
    }

    @Test
    @DisplayName("J3 the doctor finds a table healthy; it tells no checksums and has no locks")
    void isHealthy() throws SQLException {
        StorageLocation location = location(TestDatabase.H2);
        try (ParixBackup parix = engine(location)) {
            Diagnosis diagnosis = parix.doctor().examine(location, Duration.ofMinutes(1));

            assertThat(diagnosis.healthy())
                    .as(String.valueOf(diagnosis.findings()))
                    .isTrue();
            assertThat(diagnosis.with(Finding.Outcome.NOT_APPLICABLE))
                    .extracting(Finding::requirement)
                    .containsExactly("PLC-08", "SPI-44", "VOL-05", "VOL-06", "VOL-10", "VOL-12");
        }
    }

    private static DatabaseProfile profile() {
        Shape shape =
                new Shape(3, 4, ByteSize.gibibytes(16), "ssd", ByteSize.gibibytes(100), "private", false, "0.17.8");
        // A database's infrastructure is named by the id of the provider that serves it.
        return new DatabaseProfile(
                LEDGER, "ledger", DatabaseStatus.ACTIVE, "here", JdbcTableProvider.ID, shape, List.of());
    }

    private static List<byte[]> files(SyntheticCluster cluster) {
        return cluster.images().stream().map(SparseImage::bytes).toList();
    }

    /** A message about megabytes that differ would be megabytes long. */
    private static boolean same(List<byte[]> some, List<byte[]> others) {
        return some.stream()
                .map(ByteBuffer::wrap)
                .toList()
                .equals(others.stream().map(ByteBuffer::wrap).toList());
    }
}
