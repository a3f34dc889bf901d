package io.parix.backup.catalog.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.parix.backup.Actor;
import io.parix.backup.Backup;
import io.parix.backup.BackupAnswer;
import io.parix.backup.BackupEvent;
import io.parix.backup.BackupRequest;
import io.parix.backup.ByteSize;
import io.parix.backup.Cadence;
import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseProfile;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.JobStatus;
import io.parix.backup.RestoreRequest;
import io.parix.backup.ScheduleCard;
import io.parix.backup.Shape;
import io.parix.backup.Trigger;
import io.parix.backup.archive.datafile.DataFileLayout;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.catalog.ScheduleAnswer;
import io.parix.backup.spi.catalog.ScheduleRecord;
import io.parix.backup.spi.catalog.ScheduleWrite;
import io.parix.backup.testkit.datafile.SparseImage;
import io.parix.backup.testkit.datafile.SyntheticCluster;
import io.parix.backup.testkit.host.InMemoryHost;
import io.parix.backup.testkit.store.InMemoryProvider;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The engine, whole, on a database: two processes' worth of it, one of which serves no region that is asked for. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class EngineTest {
    private static final DatabaseId DATABASE = new DatabaseId("db-1");
    private static final Actor ADA = new Actor("ada");
    private static final String NAME = "ledger of record";

    private final InMemoryHost host = new InMemoryHost(InstantSource.system());
    private final InMemoryProvider provider = new InMemoryProvider(InstantSource.system());
    private final BlockingQueue<BackupEvent> events = new LinkedBlockingQueue<>();

    @ParameterizedTest
    @EnumSource(TestPlace.class)
    @DisplayName("B4 a backup that one process is asked for is made by the one that serves its region, and restored")
    void backsUpAndRestores(TestPlace place) throws Exception {
        host.put(profile(), files());
        String url = place.emptyUrl();
        try (HikariDataSource here = TestPlace.pool(url);
                HikariDataSource there = TestPlace.pool(url);
                ParixBackup asked = engine(here, Set.of("us-east-1")).start();
                ParixBackup works = engine(there, Set.of("eu-central-1")).start()) {
            BackupAnswer answer = asked.backups().request(BackupRequest.of(DATABASE, ADA));
            Backup made = ((BackupAnswer.Accepted) answer).backup();
            Backup done = until(works, made);
            assertThat(done.status()).isEqualTo(JobStatus.COMPLETED);
            assertThat(asked.backups().find(made.id())).contains(done);
            asked.restores().request(RestoreRequest.of(made.id(), NAME, ADA));
            untilEvent(BackupEvent.Kind.RESTORE_COMPLETED);
            assertThat(asked.backups().history(DATABASE, 10)).containsExactly(done);
        }
    }

    @ParameterizedTest
    @EnumSource(TestPlace.class)
    @DisplayName("G4 a run that comes due is started once by two processes that both look for it")
    void runsASchedule(TestPlace place) throws Exception {
        host.put(profile(), files());
        String url = place.emptyUrl();
        try (HikariDataSource here = TestPlace.pool(url);
                HikariDataSource there = TestPlace.pool(url);
                ParixBackup one = engine(here, Set.of("us-east-1")).start();
                ParixBackup other = engine(there, Set.of("eu-central-1")).start()) {
            one.schedules().set(DATABASE, Cadence.daily("03:00", "Europe/Berlin"), ADA);
            makeDue(JdbcCatalog.open(here, CatalogSettings.defaults()));
            untilEvent(BackupEvent.Kind.BACKUP_COMPLETED);
            assertThat(other.backups().history(DATABASE, 10))
                    .singleElement()
                    .satisfies(backup -> assertThat(backup.trigger()).isEqualTo(Trigger.SCHEDULED));
            ScheduleCard card = other.schedules().card(DATABASE).orElseThrow();
            assertThat(card.lastBackup().orElseThrow().status()).isEqualTo(JobStatus.COMPLETED);
            assertThat(card.nextRun()).isPresent();
        }
    }

    /** The catalog's clock cannot be moved on to the next run, so the run is moved to a moment ago. */
    private static void makeDue(JdbcCatalog catalog) {
        ScheduleRecord row = catalog.schedule(DATABASE).orElseThrow();
        Instant due = catalog.now().minusSeconds(1);
        String next = "\"next\":{\"at\":\"" + due + "\",\"day\":\"2026-01-01\"}";
        String payload = row.payload().replaceFirst("\"next\":\\{[^}]*}", next);
        assertThat(payload).contains(next);
        assertThat(catalog.write(ScheduleWrite.of(new ScheduleRecord(DATABASE, row.version(), due, payload))))
                .isInstanceOf(ScheduleAnswer.Written.class);
    }

    private ParixBackup engine(HikariDataSource pool, Set<String> regions) {
        JdbcCatalog catalog = JdbcCatalog.open(pool, CatalogSettings.defaults());
        return ParixBackup.builder()
                .catalog(catalog)
                .dispatcher(new JdbcDispatcher(catalog, DispatchBench.OFTEN))
                .regions(regions)
                .directory(host)
                .images(host)
                .restoreHost(host)
                .provider(provider)
                .storage(provider.location("bucket", new KeyPrefix("parix")))
                .listener(events::add)
                .settings(EngineSettings.builder()
                        .segmentSize(ByteSize.mebibytes(1))
                        .lease(Duration.ofMinutes(1))
                        .build())
                .build();
    }

    private Backup until(ParixBackup engine, Backup backup) throws InterruptedException {
        Optional<Backup> now = engine.backups().find(backup.id());
        while (now.isEmpty() || !now.get().status().ended()) {
            events.poll(50, TimeUnit.MILLISECONDS);
            now = engine.backups().find(backup.id());
        }
        return now.get();
    }

    /** Both processes hand out events, so either of them may tell. */
    private void untilEvent(BackupEvent.Kind kind) throws InterruptedException {
        BackupEvent event = events.take();
        while (event.kind() != kind) {
            event = events.take();
        }
    }

    private static DatabaseProfile profile() {
        Shape shape =
                new Shape(3, 4, ByteSize.gibibytes(16), "ssd", ByteSize.gibibytes(100), "private", false, "0.17.8");
        return new DatabaseProfile(
                DATABASE, NAME, DatabaseStatus.ACTIVE, "eu-central-1", InMemoryProvider.ID, shape, List.of());
    }

    private static List<byte[]> files() {
        return SyntheticCluster.builder(DataFileLayout.TINY)
                .used(new ByteSize(40 * 4096))
                .seed(11)
                .build()
                .images()
                .stream()
                .map(SparseImage::bytes)
                .toList();
    }
}
