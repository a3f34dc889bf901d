package io.parix.backup.testkit.engine;

import io.parix.backup.spi.BackupProvider;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.Capabilities;
import io.parix.backup.spi.ConfigurationMistake;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderSession;
import io.parix.backup.spi.StorageLocation;
import io.parix.backup.spi.VolumeSnapshots;
import io.parix.backup.testkit.store.InMemoryProvider;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The provider of a fixture, with something happening just before a put of a job, and its sessions counted. */
final class HookedProvider implements BackupProvider {
    /** What happens happens while the call is under way: it is done, whatever has become of its caller. */
    private static final CallContext IN_FLIGHT =
            new CallContext(Duration.ofMinutes(5), () -> false, "in-flight", CallContext.Purpose.DATA);

    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    private final InMemoryProvider provider;
    private final Consumer<String> beforePut;
    private boolean underWay;
    private Set<String> lookedAt = Set.of();
    private Runnable look = () -> {};

    HookedProvider(InMemoryProvider provider, Consumer<String> beforePut) {
        this.provider = provider;
        this.beforePut = beforePut;
    }

    /** The calls of this provider are done also when their caller has been cancelled meanwhile. */
    HookedProvider landing() {
        underWay = true;
        return this;
    }

    /** Something happens before these verbs, too. */
    HookedProvider before(String... verbs) {
        lookedAt = Set.of(verbs);
        return this;
    }

    /** What happens before the other verbs. */
    void looking(Runnable happening) {
        look = happening;
    }

    @Override
    public String id() {
        return provider.id();
    }

    @Override
    public int spiVersion() {
        return provider.spiVersion();
    }

    @Override
    public List<ConfigurationMistake> check(StorageLocation location) {
        return provider.check(location);
    }

    @Override
    public ProviderSession open(StorageLocation location) {
        opened.incrementAndGet();
        return new Session(provider.open(location));
    }

    private final class Session implements ProviderSession {
        private final ProviderSession session;

        Session(ProviderSession session) {
            this.session = session;
        }

        @Override
        public Capabilities capabilities() {
            return session.capabilities();
        }

        @Override
        public ObjectStore objects() {
            ObjectStore store = session.objects();
            return (ObjectStore) Proxy.newProxyInstance(
                    ObjectStore.class.getClassLoader(), new Class<?>[] {ObjectStore.class}, (proxy, method, args) -> {
                        String verb = method.getName();
                        boolean put = verb.equals("putIfAbsent");
                        if (put && !args[0].toString().contains("parix-installation-")) {
                            beforePut.accept(args[0].toString());
                        }
                        if (lookedAt.contains(verb)) {
                            look.run();
                        }
                        if (underWay) {
                            args[args.length - 1] = IN_FLIGHT;
                        }
                        try {
                            return method.invoke(store, args);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }

        @Override
        public Optional<VolumeSnapshots> snapshots() {
            return session.snapshots().map(this::hooked);
        }

        private VolumeSnapshots hooked(VolumeSnapshots volumes) {
            return (VolumeSnapshots) Proxy.newProxyInstance(
                    VolumeSnapshots.class.getClassLoader(),
                    new Class<?>[] {VolumeSnapshots.class},
                    (proxy, method, args) -> {
                        if (lookedAt.contains(method.getName())) {
                            look.run();
                        }
                        if (underWay) {
                            args[args.length - 1] = IN_FLIGHT;
                        }
                        try {
                            return method.invoke(volumes, args);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }

        @Override
        public void close() {
            closed.incrementAndGet();
            session.close();
        }
    }
}
