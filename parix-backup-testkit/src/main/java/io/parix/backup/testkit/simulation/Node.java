package io.parix.backup.testkit.simulation;

import io.parix.backup.engine.ParixBackup;
import io.parix.backup.engine.ParixBackupBuilder;
import io.parix.backup.host.DatabaseDirectory;
import io.parix.backup.host.ReplicaImages;
import io.parix.backup.host.ReplicaVolumes;
import io.parix.backup.host.RestoreHost;
import io.parix.backup.host.StagedFile;
import io.parix.backup.host.Staging;
import io.parix.backup.spi.BackupProvider;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderSession;
import io.parix.backup.spi.VolumeSnapshots;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.Dispatcher;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One process: an engine whose every way out leads through here, and the strand on which it runs. */
final class Node implements AutoCloseable {
    /** What a port hands out leads through here, too. */
    private static final Map<Class<?>, String> PORTS = Map.of(
            ProviderSession.class, "session",
            ObjectStore.class, "store",
            Staging.class, "staging",
            StagedFile.class, "file");

    private final World world;
    private final String name;
    private final Strand strand;
    private final Wakes.Inbox inbox;
    private final ParixBackup engine;
    private int depth;
    private boolean dead;

    Node(World world, String name, int seed) {
        this.world = world;
        this.name = name;
        this.strand = new Strand(name);
        this.inbox = new Wakes.Inbox(world.wakes());
        Ports ports = world.ports();
        ParixBackupBuilder builder = ParixBackup.builder()
                .catalog(gated("catalog", Catalog.class, ports.catalog()))
                .provider(gated("provider", BackupProvider.class, ports.provider()))
                .directory(gated("directory", DatabaseDirectory.class, ports.directory()))
                .images(gated("images", ReplicaImages.class, ports.images()))
                .volumes(gated("volumes", ReplicaVolumes.class, ports.volumes()))
                .restoreHost(gated("host", RestoreHost.class, ports.restoreHost()))
                .dispatcher(gated("dispatcher", Dispatcher.class, inbox))
                .storage(ports.location())
                .executor(Runnable::run)
                .listening(Runnable::run)
                .listener(event -> world.watch().heard(event))
                .nanos(world::nanos)
                .random(new Random(seed))
                .settings(world.settings());
        this.engine = builder.build();
        begin(engine::start);
    }

    World world() {
        return world;
    }

    String name() {
        return name;
    }

    ParixBackup engine() {
        return engine;
    }

    Wakes.Inbox inbox() {
        return inbox;
    }

    /** Whether it has a turn to take that it stopped in. */
    boolean suspended() {
        return strand.suspended();
    }

    /** Whether it can begin something. */
    boolean idle() {
        return !dead && !strand.suspended();
    }

    boolean dead() {
        return dead;
    }

    /** Begins something, until it ends or pauses. */
    void begin(Runnable task) {
        strand.run(task);
        judge();
    }

    void resume() {
        strand.resume();
        judge();
    }

    /** What leaves an engine's own thread is its fault, unless its process has ended. */
    private void judge() {
        strand.thrown()
                .filter(e -> !(e instanceof Killed) && !dead)
                .ifPresent(e -> world.watch().thrown(this, e));
    }

    /** Ends the process where it is. */
    void kill() {
        dead = true;
        strand.doom();
        strand.thrown();
    }

    /** Ends the process from within. */
    Killed die() {
        dead = true;
        return new Killed();
    }

    /** Lets others have their turns. */
    void pause() {
        strand.pause();
    }

    void enter() {
        depth++;
    }

    void leave() {
        depth--;
    }

    private <T> T gated(String port, Class<T> type, T right) {
        Object proxy = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
            if (method.getDeclaringClass() == Object.class) {
                return method.invoke(right, args);
            }
            Object answer =
                    through(new Call(this, port, right, method, args == null ? List.of() : Arrays.asList(args)));
            return handedOut(method.getReturnType(), answer);
        });
        return type.cast(proxy);
    }

    /** What is called by something that a port calls, and by nobody's turn, is not interfered with. */
    private @Nullable Object through(Call call) throws Throwable {
        if (dead) {
            throw new Killed();
        }
        if (depth > 0 || !strand.current()) {
            return call.plainly();
        }
        Twist decided = world.interferedWith(call);
        if (decided != null) {
            return twisted(decided, call);
        }
        if (world.isCutOff(call.port())) {
            return Menu.outage(call.port()).way().of(call);
        }
        List<Twist> menu = Menu.of(call);
        int pick = menu.isEmpty() ? 0 : world.twist(call, menu.size());
        Object answer = pick == 0 ? call.proceed() : twisted(menu.get(pick - 1), call);
        if (dead) {
            throw new Killed();
        }
        return answer;
    }

    private @Nullable Object twisted(Twist twist, Call call) throws Throwable {
        world.happens(twist.words() + " " + call.name(), name + ": " + call.subject());
        return twist.way().of(call);
    }

    private @Nullable Object handedOut(Class<?> type, @Nullable Object answer) {
        String port = PORTS.get(type);
        if (answer instanceof Optional<?> optional && optional.orElse(null) instanceof VolumeSnapshots snapshots) {
            return Optional.of(gated("snapshots", VolumeSnapshots.class, snapshots));
        }
        return port == null || answer == null ? answer : gatedAs(port, type, answer);
    }

    private <T> T gatedAs(String port, Class<T> type, Object answer) {
        return gated(port, type, type.cast(answer));
    }

    @Override
    public void close() {
        dead = true;
        strand.close();
    }
}
