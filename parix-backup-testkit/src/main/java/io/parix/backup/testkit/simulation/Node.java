package io.parix.backup.testkit.simulation;

import static io.parix.backup.testkit.fault.Fault.strikeAny;

import io.parix.backup.engine.ParixBackup;
import io.parix.backup.engine.ParixBackupBuilder;
import io.parix.backup.engine.ProcessClock;
import io.parix.backup.host.BackupListener;
import io.parix.backup.host.DatabaseDirectory;
import io.parix.backup.host.KeyPort;
import io.parix.backup.host.ReplicaImages;
import io.parix.backup.host.ReplicaVolumes;
import io.parix.backup.host.RestoreHost;
import io.parix.backup.spi.BackupProvider;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.Dispatcher;
import io.parix.backup.testkit.fault.Effect;
import io.parix.backup.testkit.fault.Faults;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One process: an engine whose every way out leads through here, and the strand on which it runs. */
final class Node implements AutoCloseable {
    /** A run is on the ports that it was given, whatever else lies on the class path. */
    private static final ClassLoader NO_PROVIDERS = ClassLoader.getPlatformClassLoader();

    private final World world;
    private final String name;
    private final Strand strand;
    private final Wakes.Inbox inbox;
    private final Faults ways;
    private final ParixBackup engine;
    private int depth;
    private boolean dead;

    Node(World world, String name, int seed) {
        this.world = world;
        this.name = name;
        this.strand = new Strand(name, world.patience());
        this.inbox = new Wakes.Inbox(world.wakes());
        this.ways = Faults.unlogged(world::now, world::pass);
        ways.add(strikeAny().with(Effect.of("goes as the run decides", call -> through(PortCall.of(this, call)))));
        Ports ports = world.ports();
        ParixBackupBuilder builder = ParixBackup.builder()
                .catalog(ways.before(Catalog.class, ports.catalog()))
                .provider(ways.before(BackupProvider.class, ports.provider()))
                .directory(ways.before(DatabaseDirectory.class, ports.directory()))
                .images(ways.before(ReplicaImages.class, ports.images()))
                .keys(ways.before(KeyPort.class, ports.keys()))
                .volumes(ways.before(ReplicaVolumes.class, ports.volumes()))
                .restoreHost(ways.before(RestoreHost.class, ports.restoreHost()))
                .dispatcher(ways.before(Dispatcher.class, inbox))
                .storage(ports.location())
                .executor(Runnable::run)
                .listening(Runnable::run)
                .listener(ways.before(BackupListener.class, ports.listener()))
                .clock(ProcessClock.of(world::now, world::nanos))
                .random(new Random(seed))
                .classLoader(NO_PROVIDERS)
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
        strand.run(() -> {
            world.begins();
            task.run();
        });
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

    /** What is called by something that a port calls, and by nobody's turn, is not interfered with. */
    private @Nullable Object through(PortCall call) throws Throwable {
        try {
            Object answer = decided(call);
            world.coverage().meetAnswer(answer);
            return answer;
        } catch (ProviderException e) {
            world.coverage().meetError(e.kind());
            throw e;
        }
    }

    private @Nullable Object decided(PortCall call) throws Throwable {
        if (dead) {
            throw new Killed();
        }
        if (depth > 0 || !strand.current()) {
            return call.plainly();
        }
        Effect chosen = world.interferedWith(call);
        if (chosen != null) {
            return twisted(chosen, call);
        }
        if (world.isCutOff(call.portName())) {
            return Menu.outage(call.portName()).on(call);
        }
        if (world.isCutOff(call.name())) {
            return Twists.FAILED.on(call);
        }
        List<Effect> menu = Menu.of(call);
        int pick = menu.isEmpty() ? 0 : world.twist(call, menu.size());
        Object answer = pick == 0 ? call.proceed() : twisted(menu.get(pick - 1), call);
        if (dead) {
            throw new Killed();
        }
        return answer;
    }

    private @Nullable Object twisted(Effect effect, PortCall call) throws Throwable {
        world.happens(call.name() + " " + effect, name + ": " + call.subject());
        return effect.on(call);
    }

    @Override
    public void close() {
        dead = true;
        strand.close();
    }
}
