package io.parix.backup.testkit.fault;

import static io.parix.backup.testkit.fault.Effect.flip;
import static io.parix.backup.testkit.fault.Effect.lostAnswer;
import static io.parix.backup.testkit.fault.Fault.answer;
import static io.parix.backup.testkit.fault.Fault.fail;
import static io.parix.backup.testkit.fault.Fault.strike;
import static io.parix.backup.testkit.fault.Refusal.throttled;
import static io.parix.backup.testkit.fault.Turns.first;
import static io.parix.backup.testkit.fault.Turns.nth;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
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
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.host.HostAnswer;
import io.parix.backup.host.RestoreHost;
import io.parix.backup.spi.BackupProvider;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.testkit.catalog.InMemoryCatalog;
import io.parix.backup.testkit.datafile.SparseImage;
import io.parix.backup.testkit.datafile.SyntheticCluster;
import io.parix.backup.testkit.engine.SteppedDispatcher;
import io.parix.backup.testkit.engine.VirtualClock;
import io.parix.backup.testkit.host.InMemoryHost;
import io.parix.backup.testkit.store.InMemoryProvider;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How faults are put before the ports of an engine, and what the log tells afterwards. Any of the ports may be one's own. */
class FaultExampleTest {
    private static final DatabaseId DATABASE = new DatabaseId("ledger-1");
    private static final Actor ADA = new Actor("ada");

    private final VirtualClock clock = new VirtualClock(Instant.parse("2026-11-23T09:00:00Z"));
    private final Faults faults = Faults.on(clock);
    private final InMemoryHost host = new InMemoryHost(clock);
    private final InMemoryProvider provider = new InMemoryProvider(clock);
    private final SteppedDispatcher dispatcher = new SteppedDispatcher(clock);
    private final ParixBackup parix = ParixBackup.builder()
            .catalog(faults.before(Catalog.class, new InMemoryCatalog(clock)))
            .provider(faults.before(BackupProvider.class, provider))
            .restoreHost(faults.before(RestoreHost.class, host))
            .directory(host)
            .images(host)
            .storage(provider.location("bucket", KeyPrefix.ROOT))
            .dispatcher(dispatcher)
            .executor(Runnable::run)
            .clock(clock)
            .random(new Random(7))
            .build()
            .start();

    FaultExampleTest() {
        Shape shape =
                new Shape(3, 4, ByteSize.gibibytes(16), "ssd", ByteSize.gibibytes(100), "private", false, "0.17.8");
        DatabaseProfile profile = new DatabaseProfile(
                DATABASE, "ledger", DatabaseStatus.ACTIVE, "eu", InMemoryProvider.ID, shape, List.of());
        host.put(
                profile,
                SyntheticCluster.builder(DataFileLayout.TINY).seed(11).build().images().stream()
                        .map(SparseImage::bytes)
                        .toList());
    }

    @AfterEach
    void close() {
        parix.close();
    }

    private Backup backup() {
        Backup asked = ((BackupAnswer.Accepted) parix.backups().request(BackupRequest.of(DATABASE, ADA))).backup();
        dispatcher.runUntilQuiet();
        return parix.backups().find(asked.id()).orElseThrow();
    }

    private Restore restore(Backup backup) {
        RestoreAnswer answer = parix.restores().request(RestoreRequest.of(backup.id(), "ledger", ADA));
        dispatcher.runUntilQuiet();
        return parix.restores()
                .find(((RestoreAnswer.Accepted) answer).restore().id())
                .orElseThrow();
    }

    @Test
    @DisplayName("I2 A6 a store that asks for patience delays a backup by no more than it asked for")
    void patience() {
        faults.add(fail("putIfAbsent", nth(3)).with(throttled(ofSeconds(5))));

        Backup backup = backup();

        assertThat(backup.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(backup.endedAt()).isEqualTo(Instant.parse("2026-11-23T09:00:05Z"));
    }

    @Test
    @DisplayName("I2 B5 a manifest whose put was not answered is put once, and found")
    void unanswered() {
        faults.add(strike("putIfAbsent", first(1)).with(lostAnswer()).ending("manifest.json"));

        Backup backup = backup();

        assertThat(backup.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(faults.log()
                        .effects()
                        .where(call -> call.subject().endsWith("manifest.json"))
                        .entries())
                .as("%s", faults.log())
                .extracting(call -> call.outcome().toString())
                .containsExactly("lost", "refused already-exists");
    }

    @Test
    @DisplayName("I2 F5 a host that is slow, and then cannot, makes a restore go back; the log tells the way")
    void goesBack() {
        Backup backup = backup();
        faults.add(strike("get", first(1)).with(flip()).ending(".seg"));
        faults.add(answer("swap", nth(1)).with(HostAnswer.pending("node 2 is busy", ofMinutes(1))));
        faults.add(answer("swap", nth(2)).with(HostAnswer.failed("the disk is gone")));

        Restore restore = restore(backup);

        assertThat(restore.status()).isEqualTo(JobStatus.FAILED);
        assertThat(host.running(DATABASE)).isTrue();
        assertThat(faults.log().on(RestoreHost.class).effects().lines())
                .containsSubsequence(
                        "move " + restore.id(),
                        "fenceOld " + restore.id(),
                        "swap " + restore.id(),
                        "swap " + restore.id(),
                        "swapBack " + restore.id(),
                        "moveBack " + restore.id());
    }
}
