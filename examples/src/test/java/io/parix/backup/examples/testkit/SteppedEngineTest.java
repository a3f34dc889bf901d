package io.parix.backup.examples.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Actor;
import io.parix.backup.BackupRequest;
import io.parix.backup.ByteSize;
import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseProfile;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.JobStatus;
import io.parix.backup.Shape;
import io.parix.backup.archive.datafile.DataFileLayout;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.testkit.catalog.InMemoryCatalog;
import io.parix.backup.testkit.datafile.SparseImage;
import io.parix.backup.testkit.datafile.SyntheticCluster;
import io.parix.backup.testkit.engine.SteppedDispatcher;
import io.parix.backup.testkit.engine.VirtualClock;
import io.parix.backup.testkit.host.InMemoryHost;
import io.parix.backup.testkit.store.InMemoryProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SteppedEngineTest {
    private static final DatabaseId LEDGER = new DatabaseId("ledger-1");
    private static final Actor ADA = new Actor("ada");

    private final VirtualClock clock = new VirtualClock(Instant.parse("2027-03-26T09:00:00Z"));
    private final InMemoryHost host = new InMemoryHost(clock);
    private final InMemoryProvider provider = new InMemoryProvider(clock);
    private final SteppedDispatcher dispatcher = new SteppedDispatcher(clock);
    private final ParixBackup parix = ParixBackup.builder()
            .catalog(new InMemoryCatalog(clock))
            .directory(host)
            .images(host)
            .restoreHost(host)
            .provider(provider)
            .storage(provider.location("bucket", new KeyPrefix("parix")))
            .dispatcher(dispatcher)
            .executor(Runnable::run)
            .listening(Runnable::run)
            .clock(clock)
            .build()
            .start();

    @Test
    @DisplayName("I2 a backup is made, and goes a week after a younger one took its place, all in virtual time")
    void backupComesAndGoes() {
        host.put(
                profile(),
                SyntheticCluster.builder(DataFileLayout.TINY).build().images().stream()
                        .map(SparseImage::bytes)
                        .toList());

        parix.backups().request(BackupRequest.of(LEDGER, ADA));
        dispatcher.runUntilQuiet();
        assertThat(parix.backups().history(LEDGER, 10).get(0).status()).isEqualTo(JobStatus.COMPLETED);

        clock.advance(Duration.ofDays(7));
        parix.backups().request(BackupRequest.of(LEDGER, ADA));
        dispatcher.runUntilQuiet();
        dispatcher.tick();
        dispatcher.runUntilQuiet();
        assertThat(parix.backups().history(LEDGER, 10)).hasSize(1);
    }

    private static DatabaseProfile profile() {
        Shape shape =
                new Shape(3, 2, ByteSize.gibibytes(8), "ssd", ByteSize.gibibytes(100), "private", false, "0.17.8");
        return new DatabaseProfile(
                LEDGER, "ledger", DatabaseStatus.ACTIVE, "eu-central-1", InMemoryProvider.ID, shape, List.of());
    }
}
