package io.parix.backup.engine;

import io.parix.backup.engine.dispatch.ThreadDispatcher;
import io.parix.backup.engine.provider.ProviderRegistry;
import io.parix.backup.engine.retention.OneOrganization;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.engine.work.JobLoop;
import io.parix.backup.host.AccessPolicy;
import io.parix.backup.host.BackupListener;
import io.parix.backup.host.DatabaseDirectory;
import io.parix.backup.host.KeyPort;
import io.parix.backup.host.Organizations;
import io.parix.backup.host.ReplicaImages;
import io.parix.backup.host.ReplicaVolumes;
import io.parix.backup.host.RestoreHost;
import io.parix.backup.host.StorageLocations;
import io.parix.backup.spi.BackupProvider;
import io.parix.backup.spi.ConfigurationException;
import io.parix.backup.spi.ConfigurationMistake;
import io.parix.backup.spi.StorageLocation;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.Dispatcher;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Collects the parts of a {@link ParixBackup}; mistakes are reported all at once by {@link #build}. For one thread. */
public final class ParixBackupBuilder {
    private @Nullable Catalog catalog;
    private @Nullable DatabaseDirectory directory;
    private @Nullable ReplicaImages images;
    private ReplicaVolumes volumes = ReplicaVolumes.none();
    private @Nullable RestoreHost restoreHost;
    private KeyPort keys = KeyPort.none();
    private @Nullable StorageLocations locations;
    private @Nullable StorageLocation location;
    private @Nullable Dispatcher dispatcher;
    private @Nullable Executor executor;
    private @Nullable Executor listening;
    private AccessPolicy access = AccessPolicy.allowAll();
    private @Nullable Organizations organizations;
    private BackupListener listener = event -> {};
    private EngineSettings settings = EngineSettings.defaults();
    private RandomGenerator random = new SecureRandom();
    private ClassLoader classLoader = ParixBackupBuilder.class.getClassLoader();
    private ProcessClock clock = ProcessClock.of(InstantSource.system(), System::nanoTime);
    private Set<String> regions = Set.of();
    private List<ConfigurationMistake> regionMistakes = List.of();
    private final List<BackupProvider> providers = new ArrayList<>();

    ParixBackupBuilder() {}

    /** All parts, chosen. */
    record Wiring(
            Catalog catalog,
            DatabaseDirectory directory,
            ReplicaImages images,
            ReplicaVolumes volumes,
            RestoreHost restoreHost,
            StorageLocations locations,
            KeyPort keys,
            Dispatcher dispatcher,
            LentThreads threads,
            LentThreads listening,
            LentThreads polling,
            AccessPolicy access,
            Organizations organizations,
            BackupListener listener,
            EngineSettings settings,
            RandomGenerator random,
            JobLoop.Worker worker,
            ProcessClock clock) {}

    /**
     * Sets where jobs are kept; required.
     *
     * @param value the part
     * @return this builder
     */
    public ParixBackupBuilder catalog(Catalog value) {
        catalog = value;
        return this;
    }

    /**
     * Sets where databases are looked up; required.
     *
     * @param value the part
     * @return this builder
     */
    public ParixBackupBuilder directory(DatabaseDirectory value) {
        directory = value;
        return this;
    }

    /**
     * Sets where images of replicas come from; required.
     *
     * @param value the part
     * @return this builder
     */
    public ParixBackupBuilder images(ReplicaImages value) {
        images = value;
        return this;
    }

    /**
     * Sets which volumes replicas lie on, of which the provider makes snapshots beside the export (spec C1); none unless given.
     *
     * @param value the part
     * @return this builder
     */
    public ParixBackupBuilder volumes(ReplicaVolumes value) {
        volumes = value;
        return this;
    }

    /**
     * Sets who carries restores out; required.
     *
     * @param value the part
     * @return this builder
     */
    public ParixBackupBuilder restoreHost(RestoreHost value) {
        restoreHost = value;
        return this;
    }

    /**
     * Sets what exports are sealed under before they leave the process (spec C13); unless given, they lie in the clear.
     *
     * @param value the part; it must be given wherever backups are made, looked at, restored or taken up anew
     * @return this builder
     */
    public ParixBackupBuilder keys(KeyPort value) {
        keys = value;
        return this;
    }

    /**
     * Sets who wakes workers; threads of this process unless given.
     *
     * @param value the part
     * @return this builder
     */
    public ParixBackupBuilder dispatcher(Dispatcher value) {
        dispatcher = value;
        return this;
    }

    /**
     * Sets who lends the threads that move bytes, and the one that looks for due runs of schedules; pools of our own unless given.
     *
     * @param value the part
     * @return this builder
     */
    public ParixBackupBuilder executor(Executor value) {
        executor = value;
        return this;
    }

    /**
     * Sets who may do what; everybody everything unless given.
     *
     * @param value the part
     * @return this builder
     */
    public ParixBackupBuilder access(AccessPolicy value) {
        access = value;
        return this;
    }

    /**
     * Sets whose databases are, and who decides how long their backups are kept (spec H1); unless given, all belong to
     * {@link io.parix.backup.OrganizationId#EVERYBODY} and whoever calls owns it.
     *
     * @param value the part
     * @return this builder
     */
    public ParixBackupBuilder organizations(Organizations value) {
        organizations = value;
        return this;
    }

    /**
     * Sets who hears of events; nobody unless given.
     *
     * @param value the part
     * @return this builder
     */
    public ParixBackupBuilder listener(BackupListener value) {
        listener = value;
        return this;
    }

    /**
     * Sets who lends the thread that the listener is called in; one of our own unless given.
     *
     * @param value the part, or null for one of our own; {@code Runnable::run} calls the listener in the thread that has news
     * @return this builder
     */
    public ParixBackupBuilder listening(@Nullable Executor value) {
        listening = value;
        return this;
    }

    /**
     * Sets the limits; the defaults unless given.
     *
     * @param value the part
     * @return this builder
     */
    public ParixBackupBuilder settings(EngineSettings value) {
        settings = value;
        return this;
    }

    /**
     * Sets where ids come from; unpredictable unless given.
     *
     * @param value the part
     * @return this builder
     */
    public ParixBackupBuilder random(RandomGenerator value) {
        random = value;
        return this;
    }

    /**
     * Sets where providers are looked for; that of this class unless given.
     *
     * @param value the part
     * @return this builder
     */
    public ParixBackupBuilder classLoader(ClassLoader value) {
        classLoader = value;
        return this;
    }

    /**
     * Sets the clock by which this process tells how long its catalog has been silent, how old a reading of its gauges is, and whether the
     * catalog's clock can be right; that of the machine unless given. Whoever gives the catalog a clock of its own gives it here as well.
     *
     * @param value the part
     * @return this builder
     */
    public ParixBackupBuilder clock(ProcessClock value) {
        clock = value;
        return this;
    }

    /**
     * Sets the regions whose jobs are run here, so that the bytes move where the databases are; all unless given. Jobs of
     * other regions can be asked for and looked at here, and run where their region is served.
     *
     * @param value region names as in {@link io.parix.backup.DatabaseProfile#region()}, at least one
     * @return this builder
     */
    public ParixBackupBuilder regions(Set<String> value) {
        regions = Set.copyOf(value);
        regionMistakes = Regions.mistakes(regions);
        return this;
    }

    /**
     * Sets where each database's backups lie; required, unless one place serves all.
     *
     * @param value the port
     * @return this builder
     */
    public ParixBackupBuilder storage(StorageLocations value) {
        locations = value;
        location = null;
        return this;
    }

    /**
     * Takes a provider that the host made itself, beside those that the class loader offers.
     *
     * @param provider the provider
     * @return this builder
     */
    public ParixBackupBuilder provider(BackupProvider provider) {
        providers.add(provider);
        return this;
    }

    /**
     * Puts all backups into one place, whose settings {@link #build} checks.
     *
     * @param place the place
     * @return this builder
     */
    public ParixBackupBuilder storage(StorageLocation place) {
        location = place;
        locations = StorageLocations.of(place);
        return this;
    }

    /**
     * Puts the parts together. Connects to nothing and starts no thread.
     *
     * @return the engine, to be started
     * @throws ConfigurationException listing every part that is missing and every setting of the place that is wrong
     * @throws io.parix.backup.FailedException when a provider cannot be loaded, two have one id, or none has that of the
     *     place
     */
    public ParixBackup build() {
        ProviderRegistry registry = ProviderRegistry.find(providers, classLoader);
        List<ConfigurationMistake> mistakes = new ArrayList<>(regionMistakes);
        if (location != null) {
            mistakes.addAll(registry.provider(location.provider()).check(location));
        }
        leaseMistake().ifPresent(mistakes::add);
        if (catalog == null || directory == null || images == null || restoreHost == null || locations == null) {
            mistakes.addAll(missing());
        } else if (mistakes.isEmpty()) {
            return new ParixBackup(
                    new Wiring(
                            catalog,
                            directory,
                            images,
                            volumes,
                            restoreHost,
                            locations,
                            keys,
                            dispatcher(catalog),
                            new LentThreads(
                                    "parix-transfer",
                                    executor,
                                    settings.transfer().transferWorkers()),
                            new LentThreads("parix-events", listening, 1),
                            new LentThreads("parix-schedules", executor, 1),
                            access,
                            organizations != null ? organizations : new OneOrganization(catalog),
                            listener,
                            settings,
                            random,
                            new JobLoop.Worker(Long.toHexString(random.nextLong()), regions, clock::nanos),
                            clock),
                    registry);
        }
        throw new ConfigurationException("the engine", mistakes);
    }

    /** A job whose worker died would wait for its wake-up long after its lease has lapsed. */
    private Optional<ConfigurationMistake> leaseMistake() {
        Duration lease = settings.work().lease();
        return Optional.ofNullable(dispatcher)
                .flatMap(Dispatcher::deadAfter)
                .filter(dead -> dead.compareTo(lease) > 0)
                .map(
                        dead -> new ConfigurationMistake(
                                "lease",
                                lease + " is shorter than the " + dead
                                        + " after which the dispatcher takes over from the dead (deadAfter); make it as long at least"));
    }

    private Dispatcher dispatcher(Catalog clock) {
        return dispatcher != null
                ? dispatcher
                : new ThreadDispatcher(
                        settings.work().concurrentJobs(), settings.work().tickEvery(), clock::now);
    }

    private List<ConfigurationMistake> missing() {
        List<ConfigurationMistake> mistakes = new ArrayList<>();
        require(mistakes, "catalog", catalog);
        require(mistakes, "directory", directory);
        require(mistakes, "images", images);
        require(mistakes, "restoreHost", restoreHost);
        require(mistakes, "storage", locations);
        return mistakes;
    }

    private static void require(List<ConfigurationMistake> mistakes, String key, @Nullable Object part) {
        if (part == null) {
            mistakes.add(new ConfigurationMistake(key, "must be given"));
        }
    }
}
