package io.parix.backup.testkit.simulation;

import static io.parix.backup.testkit.simulation.Twists.CAPTURE_LATER;
import static io.parix.backup.testkit.simulation.Twists.CUT_SHORT;
import static io.parix.backup.testkit.simulation.Twists.DISK;
import static io.parix.backup.testkit.simulation.Twists.FAILED;
import static io.parix.backup.testkit.simulation.Twists.HALF;
import static io.parix.backup.testkit.simulation.Twists.IN_USE;
import static io.parix.backup.testkit.simulation.Twists.KILL_AFTER;
import static io.parix.backup.testkit.simulation.Twists.KILL_BEFORE;
import static io.parix.backup.testkit.simulation.Twists.LAND_LATE;
import static io.parix.backup.testkit.simulation.Twists.LIST_DENIED;
import static io.parix.backup.testkit.simulation.Twists.LOCKED;
import static io.parix.backup.testkit.simulation.Twists.MOVES;
import static io.parix.backup.testkit.simulation.Twists.PARTIAL;
import static io.parix.backup.testkit.simulation.Twists.PAUSE;
import static io.parix.backup.testkit.simulation.Twists.PAUSE_AFTER;
import static io.parix.backup.testkit.simulation.Twists.PENDING;
import static io.parix.backup.testkit.simulation.Twists.THROW;
import static io.parix.backup.testkit.simulation.Twists.UNKNOWN;
import static io.parix.backup.testkit.simulation.Twists.refuse;

import io.parix.backup.spi.ErrorKind;
import io.parix.backup.testkit.fault.Effect;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What may go otherwise at each call; what is named twice does so twice as often. A call that is not named always goes well. */
final class Menu {
    private static final Effect SHORT = Effect.delay(Duration.ofSeconds(5));
    private static final Effect PAST_LEASE = Effect.delay(Duration.ofSeconds(70));
    private static final Effect LATE = Effect.delayAnswer(Duration.ofSeconds(70));
    private static final Effect AWAY = refuse(ErrorKind.UNAVAILABLE);
    private static final Effect THROTTLED = refuse(ErrorKind.THROTTLED);
    private static final Effect FULL = refuse(ErrorKind.QUOTA);
    private static final Effect DENIED = refuse(ErrorKind.DENIED);

    /** The name is somebody else's. */
    private static final Effect TAKEN = refuse(ErrorKind.CONFLICT);

    private static final Effect LOSE_ANSWER = Effect.lostAnswer();
    private static final Effect HANG = Effect.hang();
    private static final Effect BREAK = Effect.breakStream(0);
    private static final Effect FLIP = Effect.flip();
    private static final Effect LOSE = Effect.drop();

    private static final Set<String> HOSTS = Set.of("RestoreHost", "ReplicaImages", "DatabaseDirectory", "KeyPort");

    /** Ports that are cut off at times. */
    static final List<String> CUT_OFF = List.of(
            "Catalog",
            "ObjectStore",
            "VolumeSnapshots",
            "RestoreHost",
            "ReplicaImages",
            "DatabaseDirectory",
            "KeyPort");

    /** Steps of a restore that a host cannot do for a while, together: those that lead back, too, or the last one, past which nothing does. */
    static final List<List<String>> BREAKDOWNS = List.of(
            List.of("RestoreHost.swap", "RestoreHost.swapBack"),
            List.of("RestoreHost.confirm", "RestoreHost.fenceRestored"),
            List.of("RestoreHost.confirm", "RestoreHost.moveBack"),
            List.of("RestoreHost.open"),
            List.of("RestoreHost.release"));

    private static final List<Effect> READ =
            List.of(PAUSE, PAUSE, AWAY, THROTTLED, HANG, SHORT, PAST_LEASE, KILL_BEFORE);
    private static final List<Effect> WRITE = List.of(
            PAUSE,
            PAUSE,
            PAUSE_AFTER,
            PAUSE_AFTER,
            KILL_BEFORE,
            KILL_AFTER,
            AWAY,
            LOSE_ANSWER,
            SHORT,
            PAST_LEASE,
            LATE);
    private static final List<Effect> ROW = List.of(
            PAUSE,
            PAUSE,
            PAUSE_AFTER,
            PAUSE_AFTER,
            KILL_BEFORE,
            KILL_AFTER,
            AWAY,
            LOSE_ANSWER,
            SHORT,
            PAST_LEASE,
            LATE);
    private static final List<Effect> LOOK = List.of(PAUSE, AWAY, SHORT);
    private static final List<Effect> HOST = List.of(
            PAUSE, PAUSE_AFTER, KILL_BEFORE, KILL_AFTER, THROW, LOSE_ANSWER, PENDING, FAILED, SHORT, PAST_LEASE, LATE);
    private static final List<Effect> KEYS = List.of(PAUSE, THROW, SHORT, PAST_LEASE, KILL_BEFORE);
    private static final List<Effect> FILE = List.of(PAUSE, KILL_BEFORE, KILL_AFTER, DISK, PAST_LEASE);

    private static final Map<String, List<Effect>> OF = Map.ofEntries(
            Map.entry(
                    "ObjectStore.putIfAbsent", with(WRITE, FULL, THROTTLED, HANG, LAND_LATE, LAND_LATE, DENIED, FLIP)),
            Map.entry("ObjectStore.get", with(READ, BREAK, FLIP)),
            Map.entry("ObjectStore.stat", READ),
            Map.entry("ObjectStore.list", with(READ, LIST_DENIED)),
            Map.entry("ObjectStore.delete", with(WRITE, PARTIAL, PARTIAL, LOCKED, THROTTLED, HANG)),
            Map.entry("VolumeSnapshots.request", with(WRITE, FULL, THROTTLED, TAKEN)),
            Map.entry("VolumeSnapshots.describe", READ),
            Map.entry("VolumeSnapshots.list", READ),
            Map.entry("VolumeSnapshots.delete", with(WRITE, IN_USE)),
            Map.entry("VolumeSnapshots.materialize", with(WRITE, FULL, TAKEN)),
            Map.entry("VolumeSnapshots.volumes", READ),
            Map.entry("VolumeSnapshots.deleteVolume", with(WRITE, IN_USE)),
            Map.entry("Catalog.claim", ROW),
            Map.entry("Catalog.write", ROW),
            Map.entry("Catalog.insert", ROW),
            Map.entry("Catalog.remove", ROW),
            Map.entry("Catalog.heartbeat", with(LOOK, PAST_LEASE, KILL_BEFORE, KILL_AFTER)),
            Map.entry("Catalog.find", LOOK),
            Map.entry("Catalog.keyed", LOOK),
            Map.entry("Catalog.due", LOOK),
            Map.entry("Catalog.history", LOOK),
            Map.entry("Catalog.needing", LOOK),
            Map.entry("Catalog.unshared", LOOK),
            Map.entry("Catalog.setting", LOOK),
            Map.entry("Catalog.schedule", LOOK),
            Map.entry("Catalog.dueSchedules", LOOK),
            Map.entry("Catalog.undelivered", LOOK),
            Map.entry("Catalog.delivered", ROW),
            Map.entry("Catalog.acquire", ROW),
            Map.entry("Catalog.release", ROW),
            Map.entry("Catalog.unschedule", ROW),
            Map.entry("DatabaseDirectory.look", List.of(PAUSE, UNKNOWN, THROW)),
            Map.entry("KeyPort.fresh", KEYS),
            Map.entry("KeyPort.open", KEYS),
            Map.entry(
                    "ReplicaImages.capture",
                    List.of(
                            PAUSE,
                            PAUSE_AFTER,
                            KILL_BEFORE,
                            KILL_AFTER,
                            THROW,
                            LOSE_ANSWER,
                            CAPTURE_LATER,
                            CUT_SHORT,
                            MOVES,
                            SHORT,
                            PAST_LEASE)),
            Map.entry("ReplicaImages.release", List.of(PAUSE, KILL_BEFORE, KILL_AFTER, THROW, LOSE_ANSWER)),
            Map.entry("RestoreHost.move", HOST),
            Map.entry("RestoreHost.stage", List.of(PAUSE, KILL_BEFORE, KILL_AFTER, DISK, PAST_LEASE)),
            Map.entry("RestoreHost.fenceOld", HOST),
            Map.entry("RestoreHost.swap", with(HOST, HALF)),
            Map.entry("RestoreHost.start", HOST),
            Map.entry("RestoreHost.confirm", HOST),
            Map.entry("RestoreHost.open", HOST),
            Map.entry("RestoreHost.release", HOST),
            Map.entry("RestoreHost.fenceRestored", HOST),
            Map.entry("RestoreHost.swapBack", with(HOST, HALF)),
            Map.entry("RestoreHost.moveBack", HOST),
            Map.entry("Staging.open", FILE),
            Map.entry("StagedFile.setLength", FILE),
            Map.entry("StagedFile.write", FILE),
            Map.entry("StagedFile.force", FILE),
            // One that fails is not told again: that is its own affair (spec J1).
            Map.entry("BackupListener.on", List.of(PAUSE, PAUSE_AFTER, KILL_BEFORE, KILL_AFTER)),
            Map.entry("Dispatcher.wake", List.of(LOSE, KILL_BEFORE, KILL_AFTER)));

    private Menu() {}

    private static List<Effect> with(List<Effect> first, Effect... more) {
        return Stream.concat(first.stream(), Arrays.stream(more)).toList();
    }

    /** How every call of a port fails while it is cut off. */
    static Effect outage(String port) {
        return HOSTS.contains(port) ? THROW : AWAY;
    }

    /** By which name coverage counts a breakdown. */
    static String breakdown(List<String> steps) {
        return "breakdown " + String.join(", ", steps);
    }

    static List<Effect> of(PortCall call) {
        return OF.getOrDefault(call.name(), List.of());
    }

    /** Every effect at every call and every outage, by the name under which coverage counts it. */
    static List<String> all() {
        Stream<String> effects = OF.entrySet().stream()
                .flatMap(each -> each.getValue().stream().map(effect -> each.getKey() + " " + effect));
        Stream<String> lasting = Stream.concat(
                CUT_OFF.stream().map(port -> "outage " + port),
                BREAKDOWNS.stream().map(Menu::breakdown));
        return Stream.concat(effects, lasting).distinct().sorted().toList();
    }
}
