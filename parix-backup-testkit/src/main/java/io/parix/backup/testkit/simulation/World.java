package io.parix.backup.testkit.simulation;

import io.parix.backup.DatabaseId;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.host.ReplicaImages;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectPage;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.testkit.catalog.InMemoryCatalog;
import io.parix.backup.testkit.engine.SkewedClock;
import io.parix.backup.testkit.engine.VirtualClock;
import io.parix.backup.testkit.fault.Effect;
import io.parix.backup.testkit.fault.Faults;
import io.parix.backup.testkit.host.InMemoryHost;
import io.parix.backup.testkit.host.InMemoryKeys;
import io.parix.backup.testkit.store.InMemoryObjectStore;
import io.parix.backup.testkit.store.InMemoryProvider;
import io.parix.backup.testkit.store.SnapshotTimes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What there is outside of the engines: clocks, catalog, place, host and databases; and what happens to them. */
final class World {
    static final String PLACE = "bucket";
    static final KeyPrefix PREFIX = new KeyPrefix("parix");
    static final CallContext CALL =
            new CallContext(Duration.ofMinutes(5), () -> false, "simulation", CallContext.Purpose.DATA);

    private static final Map<String, Integer> BOOST =
            Map.of("RestoreHost", 8, "ReplicaImages", 4, "VolumeSnapshots", 3, "Staging", 4);

    private record Late(Instant at, Runnable landing) {}

    private final VirtualClock clock;
    private final SkewedClock catalogTime;
    private final SkewedClock storeTime;
    private final SkewedClock hostTime;
    private final InMemoryProvider provider;
    private final InMemoryHost host;
    private final InMemoryKeys keys = new InMemoryKeys();
    private final Faults scripted;
    private final Wakes wakes = new Wakes();
    private final PriorityQueue<Late> late = new PriorityQueue<>(Comparator.comparing(Late::at));
    private final List<String> log = new ArrayList<>();
    private final Set<String> staying = new HashSet<>();
    private final Map<String, Instant> outages = new HashMap<>();
    private final Coverage coverage = new Coverage();
    private final Choices choices;
    private final Patience patience;
    private final double rate;
    private final EngineSettings settings;
    private final boolean volumes;
    private final Past past;
    private final Fleet fleet;
    private final UnaryOperator<Ports> change;
    private final Watch watch;
    private final Fit fit = new Fit(this);
    private final Cuts cuts = new Cuts(this);
    private final Answers answers = new Answers(this);
    private final List<Witness> witnesses;
    private final Map<Thread, Turn> turns = new HashMap<>();
    private Ports ports;
    private Interference interference = call -> null;
    private boolean calm;

    World(Plan plan, Choices choices, UnaryOperator<Ports> change, Patience patience) {
        this.clock = new VirtualClock(plan.begin());
        this.catalogTime = new SkewedClock(clock);
        this.storeTime = new SkewedClock(clock);
        this.hostTime = new SkewedClock(clock);
        this.provider = new InMemoryProvider(storeTime);
        this.host = new InMemoryHost(hostTime);
        this.scripted = Faults.unlogged(clock, clock::advance);
        this.patience = patience;
        this.choices = choices;
        this.rate = plan.rate();
        this.settings = plan.settings();
        this.volumes = plan.images().isPresent();
        if (plan.images().isPresent()) {
            provider.volumes(PLACE).times(SnapshotTimes.AT_ONCE.taking(Duration.ofSeconds(1), plan.cutting()));
            provider.volumes(PLACE).making(Duration.ofSeconds(15));
        }
        this.past = new Past(host, clock);
        this.fleet = new Fleet(host, past, plan);
        this.change = change;
        this.ports = change.apply(shipped(new InMemoryCatalog(catalogTime)));
        this.watch = new Watch(this);
        // Those that compare what a row was with what it is look before it is taken in.
        this.witnesses = List.of(
                cuts,
                answers,
                new Intents(this),
                new Rows(this),
                new Looks(this),
                new Calendars(this),
                new Restraint(this),
                watch,
                new Replacements(this),
                fit);
    }

    private Ports shipped(Catalog catalog) {
        return new Ports(
                clock,
                catalog,
                provider,
                provider.location(PLACE, PREFIX),
                provider.place(PLACE),
                host,
                scripted.before(ReplicaImages.class, host),
                host,
                host,
                keys);
    }

    Ports ports() {
        return ports;
    }

    /** The catalog as it is. */
    Catalog catalog() {
        return ports.rightCatalog();
    }

    /** The place as it is. */
    ObjectStore place() {
        return ports.place();
    }

    /** Every object of the place. */
    List<ObjectKey> keys() {
        List<ObjectKey> keys = new ArrayList<>();
        ObjectPage page = place().list(PREFIX, null, CALL);
        page.objects().forEach(object -> keys.add(object.key()));
        while (page.more()) {
            page = place().list(PREFIX, keys.get(keys.size() - 1), CALL);
            page.objects().forEach(object -> keys.add(object.key()));
        }
        return keys;
    }

    /** The place where it can be damaged. */
    Optional<InMemoryObjectStore> damageable() {
        return place() instanceof InMemoryObjectStore store ? Optional.of(store) : Optional.empty();
    }

    /** The names of all volumes that were made of snapshots and are still there. */
    List<String> volumes() {
        return provider.volumes(PLACE).volumeNames();
    }

    /** Whether replicas lie on volumes of which there are snapshots. */
    boolean hasVolumes() {
        return volumes;
    }

    /** The names of all snapshots there are. */
    List<String> snapshots() {
        return provider.volumes(PLACE).names();
    }

    /** What exports are sealed under, now and again under another key, or not at all. */
    InMemoryKeys keyring() {
        return keys;
    }

    InMemoryHost host() {
        return host;
    }

    /** What is scripted of the host's images. */
    Faults scripted() {
        return scripted;
    }

    Wakes wakes() {
        return wakes;
    }

    Watch watch() {
        return watch;
    }

    /** Everyone who looks at calls, in order. */
    List<Witness> witnesses() {
        return witnesses;
    }

    /** A process begins something; called by the thread that does it. */
    void begins() {
        turns.put(
                Thread.currentThread(),
                new Turn(
                        catalog().now(),
                        watch.truth().lost(),
                        watch.truth().kept(),
                        watch.periods().setting(),
                        watch.writes()));
        witnesses.forEach(Witness::begins);
    }

    /** What the calling thread is about. */
    Turn turn() {
        return Objects.requireNonNull(turns.get(Thread.currentThread()));
    }

    Answers answers() {
        return answers;
    }

    Fit fit() {
        return fit;
    }

    /** What lay on volumes when their snapshots were asked for. */
    Cuts cuts() {
        return cuts;
    }

    /** What databases held before. */
    Past past() {
        return past;
    }

    Fleet fleet() {
        return fleet;
    }

    Choices choices() {
        return choices;
    }

    /** How long the run waits for a process. */
    Patience patience() {
        return patience;
    }

    Coverage coverage() {
        return coverage;
    }

    EngineSettings settings() {
        return settings;
    }

    List<DatabaseId> databases() {
        return fleet.databases();
    }

    /** The right time. */
    Instant now() {
        return clock.instant();
    }

    long nanos() {
        return clock.nanos();
    }

    /** Makes the clocks wrong, each by its own amount. */
    void skew(Duration ofCatalog, Duration ofStore, Duration ofHost) {
        catalogTime.by(ofCatalog);
        storeTime.by(ofStore);
        hostTime.by(ofHost);
    }

    /** Decides whether a call goes well, which is 0, or what of its menu becomes of it. What is seldom called fails more often. */
    int twist(PortCall call, int twists) {
        return calm ? 0 : choices.unusual(Math.min(0.5, rate * BOOST.getOrDefault(call.portName(), 1)), twists);
    }

    /** From now on something else than chance decides first. */
    void interfere(Interference other) {
        interference = other;
    }

    @Nullable
    Effect interferedWith(PortCall call) {
        return interference.at(call);
    }

    /** Instead of the catalog there is an empty one, of another installation. */
    void loseCatalog() {
        ports = ports.withCatalogOf(change.apply(shipped(new InMemoryCatalog(catalogTime, "ee".repeat(16)))));
        witnesses.forEach(Witness::forgets);
    }

    /** From now on everything goes well. */
    void calm() {
        calm = true;
        skew(Duration.ZERO, Duration.ZERO, Duration.ZERO);
    }

    boolean isCalm() {
        return calm;
    }

    /** Notes something that is not ordinary. */
    void happens(String what, String where) {
        coverage.meet(what);
        log.add(clock.instant() + " " + what + " (" + where + ")");
    }

    /** Notes something ordinary. */
    void note(String what) {
        log.add(clock.instant() + "   " + what);
    }

    List<String> log() {
        return log;
    }

    /** Lets time pass. */
    void pass(Duration time) {
        passTo(clock.instant().plus(time));
    }

    void passTo(Instant to) {
        while (!late.isEmpty() && !late.peek().at().isAfter(to)) {
            Late next = late.remove();
            clock.advanceTo(next.at());
            next.landing().run();
        }
        clock.advanceTo(to);
    }

    /** Does a put a while after its caller has given it up: what was sent may still arrive. */
    void later(PortCall call) {
        ObjectKey key = call.argument(ObjectKey.class);
        ObjectContent copy = copy(call.argument(ObjectContent.class));
        late.add(new Late(clock.instant().plusSeconds(1 + choices.among(250)), () -> {
            try {
                place().putIfAbsent(key, copy, CALL);
                staying.add(key.value());
                note("what was put late has arrived: " + key);
            } catch (ProviderException e) {
                note("what was put late is there already: " + key);
            }
        }));
    }

    private static ObjectContent copy(ObjectContent content) {
        try (InputStream in = content.open()) {
            return ObjectContent.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An object stays for a while because the place locks it. */
    void locks(ObjectKey key) {
        staying.add(key.value());
    }

    /** What a job would sweep stays for a while because it may not see it. */
    void leaves(String job) {
        keys().stream().filter(key -> key.value().contains("/" + job + "/")).forEach(this::locks);
    }

    /** Whether an object came when nobody waited for it any more, or was locked or not to be seen when it should have gone: it goes with its backup. */
    boolean goesWithItsBackup(String key) {
        return staying.contains(key);
    }

    /** From now on a call, or every call of a port, fails for a while. */
    void cutOff(String name, Duration time) {
        outages.put(name, clock.instant().plus(time));
    }

    boolean isCutOff(String name) {
        return !calm && outages.getOrDefault(name, Instant.MIN).isAfter(clock.instant());
    }

    /** Whether the host says that a database is gone. */
    boolean isDeleted(DatabaseId database) {
        return host.look(database) instanceof DatabaseFacts.Deleted;
    }
}
