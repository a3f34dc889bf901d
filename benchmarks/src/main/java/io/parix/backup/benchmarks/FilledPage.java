package io.parix.backup.benchmarks;

import io.parix.backup.Actor;
import io.parix.backup.Backup;
import io.parix.backup.BackupAnswer;
import io.parix.backup.BackupId;
import io.parix.backup.BackupRequest;
import io.parix.backup.Cadence;
import io.parix.backup.DatabaseId;
import io.parix.backup.Page;
import io.parix.backup.PageRequest;
import io.parix.backup.catalog.jdbc.CatalogSettings;
import io.parix.backup.catalog.jdbc.DatabaseUrl;
import io.parix.backup.catalog.jdbc.JdbcCatalog;
import io.parix.backup.core.job.BackupHeader;
import io.parix.backup.core.job.BackupJob;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.engine.row.BackupRow;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.catalog.AdoptedJob;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.testkit.catalog.InMemoryCatalog;
import io.parix.backup.testkit.engine.SteppedDispatcher;
import io.parix.backup.testkit.engine.VirtualClock;
import io.parix.backup.testkit.host.InMemoryHost;
import io.parix.backup.testkit.store.InMemoryProvider;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A database with a schedule and 400 backups: one that the library made, and copies of it of which each needs segments of its own and of others. */
final class FilledPage implements AutoCloseable {
    static final int ROWS = 50;
    static final int BACKUPS = 400;
    private static final DatabaseId DATABASE = new DatabaseId("benchmark");
    private static final Actor ACTOR = new Actor("benchmark");
    private static final String REGION = "eu-central-1";
    private static final int SEGMENTS = 20;
    private static final Set<BackupId> SELECTED =
            IntStream.rangeClosed(1, ROWS).mapToObj(FilledPage::id).collect(Collectors.toUnmodifiableSet());
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final AtomicInteger queries = new AtomicInteger();
    private final Catalog catalog;
    private final Runnable closing;
    private final SteppedDispatcher dispatcher;
    private final ParixBackup parix;

    private FilledPage(Catalog catalog, VirtualClock clock, Runnable closing) {
        this.catalog = catalog;
        this.closing = closing;
        this.dispatcher = new SteppedDispatcher(clock);
        InMemoryHost host = new InMemoryHost(clock);
        InMemoryProvider provider = new InMemoryProvider(clock);
        TinyLedger.in(host, DATABASE, REGION);
        this.parix = ParixBackup.builder()
                .catalog(counted())
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
    }

    /** On a catalog in memory, or an H2 in memory. */
    static FilledPage of(String kind) {
        VirtualClock clock = new VirtualClock(Instant.now());
        FilledPage page;
        if (kind.equals("memory")) {
            page = new FilledPage(new InMemoryCatalog(clock), clock, () -> {});
        } else {
            String url = "jdbc:h2:mem:page-" + NUMBERS.incrementAndGet() + ";DB_CLOSE_DELAY=-1";
            JdbcCatalog h2 = JdbcCatalog.open(DatabaseUrl.of(url), CatalogSettings.defaults());
            page = new FilledPage(h2, clock, h2::close);
        }
        page.fill();
        return page;
    }

    private void fill() {
        parix.schedules().set(DATABASE, Cadence.daily("03:00", "Europe/Berlin"), ACTOR);
        BackupAnswer answer = parix.backups().request(BackupRequest.of(DATABASE, ACTOR));
        BackupId asked = ((BackupAnswer.Accepted) answer).backup().id();
        dispatcher.runUntilQuiet();
        BackupJob.Completed made =
                (BackupJob.Completed) BackupRow.read(catalog.find(asked.value()).orElseThrow());
        List<AdoptedJob> copies =
                IntStream.range(1, BACKUPS).mapToObj(i -> copy(made, i)).toList();
        if (catalog.adopt(copies).size() != copies.size()) {
            throw new IllegalStateException("Cannot fill the catalog: some copies were there");
        }
    }

    private static BackupId id(int number) {
        return new BackupId("copy-" + number);
    }

    private static AdoptedJob copy(BackupJob.Completed made, int number) {
        BackupHeader header = made.header();
        BackupJob.Completed copy = new BackupJob.Completed(
                new BackupHeader(
                        id(number),
                        header.database(),
                        header.actor(),
                        header.trigger(),
                        header.requestedAt().minus(Duration.ofMinutes(10L * number)),
                        header.location(),
                        null),
                made.run(),
                made.captured(),
                made.contents(),
                made.completedAt(),
                made.verification(),
                made.standing());
        Map<String, Long> segments = IntStream.range(0, SEGMENTS)
                .boxed()
                .collect(Collectors.toMap(i -> "segments/" + (number + i) + ".seg", i -> 1L << 20));
        return new AdoptedJob(BackupRow.adopted(copy, REGION), segments);
    }

    private Catalog counted() {
        return (Catalog) Proxy.newProxyInstance(
                Catalog.class.getClassLoader(), new Class<?>[] {Catalog.class}, (proxy, method, arguments) -> {
                    queries.incrementAndGet();
                    try {
                        return method.invoke(catalog, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** The first page, of so many rows, with 50 backups selected. */
    Page page(int rows) {
        return parix.backupsPage()
                .page(PageRequest.of(DATABASE, ACTOR).rows(rows).selecting(SELECTED));
    }

    /** Every backup of the database. */
    List<Backup> backups() {
        return parix.backups().history(DATABASE, BACKUPS);
    }

    /** How often a page of so many rows asks the catalog. */
    int queries(int rows) {
        queries.set(0);
        int found = page(rows).rows().size();
        if (found != rows) {
            throw new IllegalStateException("Cannot count: the page has " + found + " rows in place of " + rows);
        }
        return queries.get();
    }

    @Override
    public void close() {
        parix.close();
        closing.run();
    }
}
