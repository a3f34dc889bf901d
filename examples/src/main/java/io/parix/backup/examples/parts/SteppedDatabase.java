package io.parix.backup.examples.parts;

import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseProfile;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.archive.datafile.DataFileLayout;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.host.KeyPort;
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
import java.util.function.Consumer;

/** The production engine over a database in memory, on a clock that only {@link #passUntil} moves. For one thread. */
public final class SteppedDatabase implements AutoCloseable {
    /** The database. */
    public static final DatabaseId LEDGER = new DatabaseId("ledger-1");

    /** The engine, started. */
    public final ParixBackup parix;

    private final InMemoryHost host;
    private final VirtualClock clock;
    private final SteppedDispatcher dispatcher;

    private SteppedDatabase(Instant begin, KeyPort keys) {
        clock = new VirtualClock(begin);
        dispatcher = new SteppedDispatcher(clock);
        host = new InMemoryHost(clock);
        InMemoryProvider provider = new InMemoryProvider(clock);
        host.put(profile(), files());
        parix = ParixBackup.builder()
                .catalog(new InMemoryCatalog(clock))
                .directory(host)
                .images(host)
                .restoreHost(host)
                .keys(keys)
                .provider(provider)
                .storage(provider.location("bucket", new KeyPrefix("parix")))
                .dispatcher(dispatcher)
                .executor(Runnable::run)
                .clock(clock)
                // A fleet is spread over an hour unless set; here the card shall show the minute that was asked for.
                .settings(EngineSettings.builder().spread(Duration.ZERO).build())
                .build()
                .start();
    }

    /**
     * Lets the host say something else of the database.
     *
     * @param facts what it says from now on
     */
    public void say(DatabaseFacts facts) {
        host.say(LEDGER, facts);
    }

    /** {@return what the clock shows} */
    public Instant now() {
        return clock.instant();
    }

    /**
     * Lets time pass, with somebody at work only at its end, as after a downtime.
     *
     * @param then when it ends
     */
    public void passUntil(Instant then) {
        clock.advanceTo(then);
        dispatcher.tick();
        dispatcher.runUntilQuiet();
    }

    /**
     * Lets time pass, as {@link #passUntil} does.
     *
     * @param time how much
     */
    public void pass(Duration time) {
        passUntil(now().plus(time));
    }

    /**
     * Lets a database be, tells a story of it, and closes it.
     *
     * @param begin what the clock shows
     * @param story the story
     */
    public static void during(String begin, Consumer<SteppedDatabase> story) {
        try (SteppedDatabase database = new SteppedDatabase(Instant.parse(begin), KeyPort.none())) {
            story.accept(database);
        }
    }

    /**
     * Lets a database be whose backups are sealed.
     *
     * @param begin what the clock shows
     * @param keys what they are sealed under
     * @return the database, to be closed
     */
    public static SteppedDatabase sealed(String begin, KeyPort keys) {
        return new SteppedDatabase(Instant.parse(begin), keys);
    }

    private static DatabaseProfile profile() {
        DatabaseProfile local = SmallDatabase.profile(LEDGER, "ledger", "local", 3, "0.17.8");
        return new DatabaseProfile(
                local.id(),
                local.name(),
                DatabaseStatus.ACTIVE,
                local.region(),
                InMemoryProvider.ID,
                local.shape(),
                List.of());
    }

    private static List<byte[]> files() {
        return SyntheticCluster.builder(DataFileLayout.TINY).build().images().stream()
                .map(SparseImage::bytes)
                .toList();
    }

    @Override
    public void close() {
        parix.close();
    }
}
