package io.parix.backup.testkit.simulation;

import static io.parix.backup.testkit.simulation.Twists.BREAK;
import static io.parix.backup.testkit.simulation.Twists.CAPTURE_LATER;
import static io.parix.backup.testkit.simulation.Twists.DISK;
import static io.parix.backup.testkit.simulation.Twists.FAILED;
import static io.parix.backup.testkit.simulation.Twists.FLIP;
import static io.parix.backup.testkit.simulation.Twists.HANG;
import static io.parix.backup.testkit.simulation.Twists.IN_USE;
import static io.parix.backup.testkit.simulation.Twists.KILL_AFTER;
import static io.parix.backup.testkit.simulation.Twists.KILL_BEFORE;
import static io.parix.backup.testkit.simulation.Twists.LAND_LATE;
import static io.parix.backup.testkit.simulation.Twists.LIST_DENIED;
import static io.parix.backup.testkit.simulation.Twists.LOCKED;
import static io.parix.backup.testkit.simulation.Twists.LOSE;
import static io.parix.backup.testkit.simulation.Twists.LOSE_ANSWER;
import static io.parix.backup.testkit.simulation.Twists.PARTIAL;
import static io.parix.backup.testkit.simulation.Twists.PAUSE;
import static io.parix.backup.testkit.simulation.Twists.PAUSE_AFTER;
import static io.parix.backup.testkit.simulation.Twists.PENDING;
import static io.parix.backup.testkit.simulation.Twists.THROW;
import static io.parix.backup.testkit.simulation.Twists.THROW_AFTER;
import static io.parix.backup.testkit.simulation.Twists.UNKNOWN;
import static io.parix.backup.testkit.simulation.Twists.delay;
import static io.parix.backup.testkit.simulation.Twists.delayAfter;
import static io.parix.backup.testkit.simulation.Twists.refuse;

import io.parix.backup.spi.ErrorKind;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What may go otherwise at each call; what is named twice does so twice as often. A call that is not named always goes well. */
final class Menu {
    private static final Twist SHORT = delay(Duration.ofSeconds(5));
    private static final Twist PAST_LEASE = delay(Duration.ofSeconds(70));
    private static final Twist LATE = delayAfter(Duration.ofSeconds(70));
    private static final Twist AWAY = refuse(ErrorKind.UNAVAILABLE);
    private static final Twist THROTTLED = refuse(ErrorKind.THROTTLED);
    private static final Twist FULL = refuse(ErrorKind.QUOTA);
    private static final Twist DENIED = refuse(ErrorKind.DENIED);

    private static final Twist OUT = Twists.THROW;
    private static final Set<String> HOSTS = Set.of("host", "images", "directory");

    /** Ports that are cut off at times. */
    static final List<String> CUT_OFF = List.of("catalog", "store", "snapshots", "host", "images", "directory");

    private static final List<Twist> READ =
            List.of(PAUSE, PAUSE, AWAY, THROTTLED, HANG, SHORT, PAST_LEASE, KILL_BEFORE);
    private static final List<Twist> WRITE = List.of(
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
    private static final List<Twist> ROW = List.of(
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
    private static final List<Twist> LOOK = List.of(PAUSE, AWAY, SHORT);
    private static final List<Twist> HOST = List.of(
            PAUSE, PAUSE_AFTER, KILL_BEFORE, KILL_AFTER, THROW, THROW_AFTER, PENDING, FAILED, SHORT, PAST_LEASE, LATE);
    private static final List<Twist> FILE = List.of(PAUSE, KILL_BEFORE, KILL_AFTER, DISK, PAST_LEASE);

    private static final Map<String, List<Twist>> OF = Map.ofEntries(
            Map.entry("store.putIfAbsent", with(WRITE, FULL, THROTTLED, HANG, LAND_LATE, LAND_LATE, DENIED)),
            Map.entry("store.get", with(READ, BREAK, FLIP)),
            Map.entry("store.stat", READ),
            Map.entry("store.list", with(READ, LIST_DENIED)),
            Map.entry("store.delete", with(WRITE, PARTIAL, PARTIAL, LOCKED, THROTTLED, HANG)),
            Map.entry("snapshots.request", with(WRITE, FULL, THROTTLED)),
            Map.entry("snapshots.describe", READ),
            Map.entry("snapshots.list", READ),
            Map.entry("snapshots.delete", with(WRITE, IN_USE)),
            Map.entry("snapshots.materialize", with(WRITE, FULL)),
            Map.entry("snapshots.volumes", READ),
            Map.entry("snapshots.deleteVolume", with(WRITE, IN_USE)),
            Map.entry("catalog.claim", ROW),
            Map.entry("catalog.write", ROW),
            Map.entry("catalog.insert", ROW),
            Map.entry("catalog.remove", ROW),
            Map.entry("catalog.heartbeat", with(LOOK, PAST_LEASE)),
            Map.entry("catalog.find", LOOK),
            Map.entry("catalog.keyed", LOOK),
            Map.entry("catalog.due", LOOK),
            Map.entry("catalog.history", LOOK),
            Map.entry("catalog.needing", LOOK),
            Map.entry("catalog.unshared", LOOK),
            Map.entry("catalog.setting", LOOK),
            Map.entry("catalog.schedule", LOOK),
            Map.entry("catalog.dueSchedules", LOOK),
            Map.entry("catalog.undelivered", LOOK),
            Map.entry("catalog.delivered", ROW),
            Map.entry("directory.look", List.of(PAUSE, UNKNOWN, THROW)),
            Map.entry(
                    "images.capture",
                    List.of(
                            PAUSE,
                            PAUSE_AFTER,
                            KILL_BEFORE,
                            KILL_AFTER,
                            THROW,
                            THROW_AFTER,
                            CAPTURE_LATER,
                            SHORT,
                            PAST_LEASE)),
            Map.entry("images.release", List.of(PAUSE, KILL_BEFORE, KILL_AFTER, THROW, THROW_AFTER)),
            Map.entry("host.move", HOST),
            Map.entry("host.stage", List.of(PAUSE, KILL_BEFORE, KILL_AFTER, DISK, PAST_LEASE)),
            Map.entry("host.fenceOld", HOST),
            Map.entry("host.swap", HOST),
            Map.entry("host.start", HOST),
            Map.entry("host.confirm", HOST),
            Map.entry("host.open", HOST),
            Map.entry("host.release", HOST),
            Map.entry("host.fenceRestored", HOST),
            Map.entry("host.swapBack", HOST),
            Map.entry("host.moveBack", HOST),
            Map.entry("file.write", FILE),
            Map.entry("file.force", FILE),
            Map.entry("dispatcher.wake", List.of(LOSE, KILL_BEFORE)));

    private Menu() {}

    private static List<Twist> with(List<Twist> first, Twist... more) {
        return Stream.concat(first.stream(), Arrays.stream(more)).toList();
    }

    /** How every call of a port fails while it is cut off. */
    static Twist outage(String port) {
        return HOSTS.contains(port) ? OUT : AWAY;
    }

    static List<Twist> of(Call call) {
        return OF.getOrDefault(call.name(), List.of());
    }

    /** Every twist at every call and every outage, by the name under which coverage counts it. */
    static List<String> all() {
        Stream<String> twists = OF.entrySet().stream()
                .flatMap(each -> each.getValue().stream().map(twist -> twist.words() + " " + each.getKey()));
        return Stream.concat(twists, CUT_OFF.stream().map(port -> "outage " + port))
                .distinct()
                .sorted()
                .toList();
    }
}
