package io.parix.backup.examples.testkit;

import static io.parix.backup.testkit.fault.Effect.lostAnswer;
import static io.parix.backup.testkit.fault.Fault.answer;
import static io.parix.backup.testkit.fault.Fault.fail;
import static io.parix.backup.testkit.fault.Fault.strike;
import static io.parix.backup.testkit.fault.Refusal.throttled;
import static io.parix.backup.testkit.fault.Turns.nth;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Actor;
import io.parix.backup.Backup;
import io.parix.backup.BackupRequest;
import io.parix.backup.ByteSize;
import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseProfile;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.JobStatus;
import io.parix.backup.Shape;
import io.parix.backup.archive.datafile.DataFileLayout;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.host.Capture;
import io.parix.backup.host.ReplicaImages;
import io.parix.backup.spi.BackupProvider;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.testkit.catalog.InMemoryCatalog;
import io.parix.backup.testkit.datafile.SparseImage;
import io.parix.backup.testkit.datafile.SyntheticCluster;
import io.parix.backup.testkit.engine.SteppedDispatcher;
import io.parix.backup.testkit.engine.VirtualClock;
import io.parix.backup.testkit.fault.EffectLog;
import io.parix.backup.testkit.fault.Faults;
import io.parix.backup.testkit.host.InMemoryHost;
import io.parix.backup.testkit.store.InMemoryProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ScriptedFaultsTest {
    private static final DatabaseId LEDGER = new DatabaseId("ledger-1");
    private static final Actor ADA = new Actor("ada");

    private final VirtualClock clock = new VirtualClock(Instant.parse("2027-03-26T09:00:00Z"));
    private final Faults faults = Faults.on(clock);
    private final InMemoryHost host = new InMemoryHost(clock);
    private final InMemoryProvider provider = new InMemoryProvider(clock);
    private final SteppedDispatcher dispatcher = new SteppedDispatcher(clock);
    private final ParixBackup parix = ParixBackup.builder()
            .catalog(new InMemoryCatalog(clock))
            .directory(host)
            .images(faults.before(ReplicaImages.class, host))
            .restoreHost(host)
            .provider(faults.before(BackupProvider.class, provider))
            .storage(provider.location("bucket", new KeyPrefix("parix")))
            .dispatcher(dispatcher)
            .executor(Runnable::run)
            .listening(Runnable::run)
            .clock(clock)
            .build()
            .start();

    @Test
    @DisplayName("A6 B4 B5 a backup waits for its host and its place, and its manifest is put once")
    void waitsAndAsksAgain() {
        host.put(
                profile(),
                SyntheticCluster.builder(DataFileLayout.TINY).build().images().stream()
                        .map(SparseImage::bytes)
                        .toList());
        faults.add(answer("capture", nth(1)).with(new Capture.Pending("replica 2 is behind", Duration.ofMinutes(1))));
        faults.add(fail("putIfAbsent", nth(3)).with(throttled(Duration.ofSeconds(5))));
        faults.add(strike("putIfAbsent", nth(1)).with(lostAnswer()).ending("manifest.json"));

        parix.backups().request(BackupRequest.of(LEDGER, ADA));
        dispatcher.runUntilQuiet();

        Backup backup = parix.backups().history(LEDGER, 10).get(0);
        assertThat(backup.status()).isEqualTo(JobStatus.COMPLETED);
        EffectLog manifest = faults.log()
                .on(ObjectStore.class)
                .effects()
                .where(call -> call.subject().endsWith("manifest.json"));
        assertThat(manifest.entries())
                .as("%s", faults.log().struck())
                .extracting(call -> call.outcome().toString())
                .containsExactly("lost", "refused already-exists");
    }

    private static DatabaseProfile profile() {
        Shape shape =
                new Shape(3, 2, ByteSize.gibibytes(8), "ssd", ByteSize.gibibytes(100), "private", false, "0.17.8");
        return new DatabaseProfile(
                LEDGER, "ledger", DatabaseStatus.ACTIVE, "eu-central-1", InMemoryProvider.ID, shape, List.of());
    }
}
