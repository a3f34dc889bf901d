package io.parix.backup.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.parix.backup.Actor;
import io.parix.backup.Backup;
import io.parix.backup.BackupAnswer;
import io.parix.backup.BackupEvent;
import io.parix.backup.BackupRequest;
import io.parix.backup.ByteSize;
import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseProfile;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.JobStatus;
import io.parix.backup.RestoreAnswer;
import io.parix.backup.RestoreRequest;
import io.parix.backup.Shape;
import io.parix.backup.archive.datafile.DataFileLayout;
import io.parix.backup.catalog.jdbc.CatalogSettings;
import io.parix.backup.catalog.jdbc.DispatchSettings;
import io.parix.backup.catalog.jdbc.JdbcCatalog;
import io.parix.backup.catalog.jdbc.JdbcDispatcher;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.testkit.datafile.SparseImage;
import io.parix.backup.testkit.datafile.SyntheticCluster;
import io.parix.backup.testkit.host.InMemoryHost;
import io.parix.backup.testkit.store.InMemoryProvider;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Databases in memory, and one engine for them on a catalog in PostgreSQL, which is what fails. */
final class MemoryFleet implements AutoCloseable {
    static final Actor ADA = new Actor("ada");
    private static final String NAME = "ledger of record";

    private final InMemoryHost host = new InMemoryHost(InstantSource.system());
    private final InMemoryProvider provider = new InMemoryProvider(InstantSource.system());
    private final BlockingQueue<BackupEvent> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<ProviderException> failures = new LinkedBlockingQueue<>();
    private final List<List<byte[]>> saved = new ArrayList<>();
    private final HikariDataSource pool;
    private final ParixBackup parix;
    private final Catalog catalog;

    /**
     * Starts the engine.
     *
     * @param databases how many
     * @param pool connections to an empty schema
     * @param beforeWrite what happens before each durable write of a job
     */
    MemoryFleet(int databases, HikariDataSource pool, Consumer<String> beforeWrite) {
        this.pool = pool;
        JdbcCatalog jdbc = JdbcCatalog.open(pool, new CatalogSettings(Duration.ofSeconds(1), Duration.ofSeconds(1)));
        this.catalog = Around.of(Catalog.class, jdbc, (method, arguments, call) -> {
            if (method.equals("write")) {
                beforeWrite.accept(method);
            }
            try {
                return call.go();
            } catch (ProviderException e) {
                failures.add(e);
                throw e;
            }
        });
        for (int i = 0; i < databases; i++) {
            List<byte[]> files = files(i);
            saved.add(files.stream().map(byte[]::clone).toList());
            host.put(profile(database(i)), files);
        }
        this.parix = engine(jdbc).start();
    }

    /** A pool that gives up soon; what the driver is told comes as further parameters of the URL. */
    static HikariDataSource pool(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMinimumIdle(0);
        config.setMaximumPoolSize(12);
        config.setConnectionTimeout(1_000);
        config.setValidationTimeout(500);
        return new HikariDataSource(config);
    }

    private ParixBackup engine(JdbcCatalog jdbc) {
        return ParixBackup.builder()
                .catalog(catalog)
                .dispatcher(new JdbcDispatcher(
                        jdbc,
                        DispatchSettings.builder()
                                .workers(4)
                                .pollEvery(Duration.ofMillis(50))
                                .tickEvery(Duration.ofMillis(100))
                                .deadAfter(Duration.ofSeconds(4))
                                .build()))
                .directory(host)
                .images(host)
                .restoreHost(host)
                .provider(provider)
                .storage(provider.location("bucket", new KeyPrefix("parix")))
                .listener(events::add)
                .settings(EngineSettings.builder()
                        .segmentSize(ByteSize.mebibytes(1))
                        .transferWorkers(1)
                        .firstBackoff(Duration.ofMillis(20))
                        .lease(Duration.ofSeconds(4))
                        .build())
                .build();
    }

    static DatabaseId database(int number) {
        return new DatabaseId("db-" + number);
    }

    Catalog catalog() {
        return catalog;
    }

    Backup ask(int number) {
        BackupAnswer answer = parix.backups().request(BackupRequest.of(database(number), ADA));
        return ((BackupAnswer.Accepted) answer).backup();
    }

    /** Waits for the next event of a kind; events come at least once, in any order among databases. */
    BackupEvent await(BackupEvent.Kind kind) throws InterruptedException {
        BackupEvent event = events.take();
        while (event.kind() != kind) {
            event = events.take();
        }
        return event;
    }

    /** Waits for further failed calls of the catalog, which are of these kinds. */
    void awaitFailures(int count, ErrorKind... kinds) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            assertThat(failures.take().kind()).isIn((Object[]) kinds);
        }
    }

    /** {@return the kinds of the failed calls that nobody has waited for} */
    List<ErrorKind> failures() {
        return failures.stream().map(ProviderException::kind).distinct().toList();
    }

    Backup ended(Backup backup) throws InterruptedException {
        Backup now = find(backup);
        while (!now.status().ended()) {
            events.poll(50, TimeUnit.MILLISECONDS);
            now = find(backup);
        }
        return now;
    }

    /** Asks as a page would that is loaded again when the database did not answer. */
    private Backup find(Backup backup) {
        try {
            return parix.backups().find(backup.id()).orElse(backup);
        } catch (ProviderException e) {
            failures.remove(e);
            return backup;
        }
    }

    /** One complete backup, nothing else in the history or in the store, and what comes back is what was saved. */
    void requireWhole(int number, Backup asked) throws InterruptedException {
        Backup done = ended(asked);
        assertThat(done.failed()).isEmpty();
        assertThat(done.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(parix.backups().history(database(number), 10)).containsExactly(done);
        assertThat(catalog.occupant(database(number))).isEmpty();
        assertThat(new StoreAudit(provider, provider.location("bucket", new KeyPrefix("parix")))
                        .unowned(database(number), List.of(done.id())))
                .isEmpty();
        host.files(database(number)).forEach(file -> file[file.length / 2] ^= 1);
        RestoreAnswer answer = parix.restores().request(RestoreRequest.of(done.id(), NAME, ADA));
        var restore = ((RestoreAnswer.Accepted) answer).restore();
        while (!parix.restores().find(restore.id()).orElseThrow().status().ended()) {
            events.poll(50, TimeUnit.MILLISECONDS);
        }
        assertThat(parix.restores().find(restore.id()).orElseThrow().status()).isEqualTo(JobStatus.COMPLETED);
        List<byte[]> live = host.files(database(number));
        IntStream.range(0, live.size())
                .forEach(
                        i -> assertThat(live.get(i)).isEqualTo(saved.get(number).get(i)));
    }

    private static DatabaseProfile profile(DatabaseId database) {
        Shape shape =
                new Shape(3, 4, ByteSize.gibibytes(16), "ssd", ByteSize.gibibytes(100), "private", false, "0.17.8");
        return new DatabaseProfile(
                database, NAME, DatabaseStatus.ACTIVE, "eu-central-1", InMemoryProvider.ID, shape, List.of());
    }

    private static List<byte[]> files(int seed) {
        return SyntheticCluster.builder(DataFileLayout.TINY)
                .used(new ByteSize(40 * 4096))
                .seed(seed + 1)
                .build()
                .images()
                .stream()
                .map(SparseImage::bytes)
                .toList();
    }

    @Override
    public void close() {
        parix.close();
        pool.close();
    }
}
