package io.parix.backup.provider.local.cluster;

import io.parix.backup.host.HostAnswer;
import io.parix.backup.host.RestoreCall;
import io.parix.backup.provider.local.disk.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Staged files become live ones, and back. A replica that has a file has one at every instant.
 *
 * <p>First a note says which replicas have a live file. Then, replica by replica, the live file gets a second name under
 * {@code kept-…}, durable before the staged file takes its first one. From the note and the names that are there, a
 * repetition tells how far it came:
 *
 * <pre>
 * staged  kept          live   so
 * yes     no            old    not begun
 * yes     same as live  old    kept
 * no      yes           new    swapped in
 * no      no            new    swapped in, there was none
 * </pre>
 */
final class Swap {
    private static final String NOTE = "parix-swap-1 live:";

    private final ClusterPlace place;
    private final Area area;
    private final Disk disk;
    private final RestoreCall call;

    Swap(ClusterPlace place, Area area, Disk disk, RestoreCall call) {
        this.place = place;
        this.area = area;
        this.disk = disk;
        this.call = call;
    }

    HostAnswer forward() throws IOException {
        Optional<String> live = noted();
        if (live.isEmpty()) {
            Optional<String> missing = missing();
            if (missing.isPresent()) {
                return HostAnswer.failed(missing.get() + " is not staged; nothing was swapped.");
            }
            live = Optional.of(note());
        }
        disk.makeDirectory(area.kept(call));
        for (int i = 0; i < place.replicas(); i++) {
            if (Area.exists(staged(i))) {
                swapIn(i, had(live.get(), i));
            } else if (!Area.exists(place.live(i)) || (had(live.get(), i) && !Area.exists(kept(i)))) {
                return HostAnswer.failed("the staged file " + staged(i) + " is gone.");
            }
        }
        disk.forceDirectory(place.directory());
        disk.forceDirectory(area.staged(call));
        return HostAnswer.done();
    }

    private Optional<String> missing() {
        return IntStream.range(0, place.replicas())
                .mapToObj(this::staged)
                .filter(Swap::isMissing)
                .map(Path::toString)
                .findFirst();
    }

    /** An empty file is one that was opened and never written. */
    private static boolean isMissing(Path file) {
        return !Files.isRegularFile(file) || file.toFile().length() == 0;
    }

    /** Whether every restored file is in place. */
    boolean isDone() throws IOException {
        Optional<String> live = noted();
        boolean done = live.isPresent();
        for (int i = 0; done && i < place.replicas(); i++) {
            boolean keeps = !had(live.get(), i) || Area.exists(kept(i));
            done = keeps && !Area.exists(staged(i)) && Area.exists(place.live(i));
        }
        return done;
    }

    private String note() throws IOException {
        for (int i = 0; i < place.replicas(); i++) {
            Area.requireFileOrNothing(place.live(i));
        }
        String live = IntStream.range(0, place.replicas())
                .filter(i -> Area.exists(place.live(i)))
                .mapToObj(Integer::toString)
                .collect(Collectors.joining());
        area.write(area.note(call), NOTE + live);
        return live;
    }

    private Optional<String> noted() throws IOException {
        Optional<String> note = Area.read(area.note(call));
        if (note.isPresent() && !note.get().matches(NOTE + "[0-5]*")) {
            throw new IOException(area.note(call) + " is not a note of a swap");
        }
        return note.map(text -> text.substring(NOTE.length()));
    }

    private static boolean had(String live, int replica) {
        return live.indexOf('0' + replica) >= 0;
    }

    private void swapIn(int replica, boolean hadLive) throws IOException {
        if (hadLive && !Area.exists(kept(replica))) {
            disk.link(kept(replica), place.live(replica));
        }
        disk.forceDirectory(area.kept(call));
        disk.replace(staged(replica), place.live(replica));
    }

    HostAnswer back() throws IOException {
        Optional<String> live = noted();
        if (live.isPresent()) {
            for (int i = 0; i < place.replicas(); i++) {
                putBack(i, had(live.get(), i));
            }
            disk.forceDirectory(place.directory());
            area.removeDirectory(area.kept(call), place);
        }
        area.remove(area.note(call));
        area.removeDirectory(area.staged(call), place);
        return HostAnswer.done();
    }

    private void putBack(int replica, boolean hadLive) throws IOException {
        Path live = place.live(replica);
        Path kept = kept(replica);
        if (!hadLive) {
            if (!Area.exists(staged(replica)) && Area.exists(live)) {
                disk.unlink(live);
            }
            return;
        }
        if (!Area.exists(kept)) {
            return;
        }
        // Renaming a file to another name of itself does nothing, and would leave both.
        if (Area.exists(live) && Files.isSameFile(kept, live)) {
            disk.unlink(kept);
        } else {
            disk.replace(kept, live);
        }
    }

    HostAnswer release() throws IOException {
        area.removeDirectory(area.kept(call), place);
        area.remove(area.note(call));
        area.removeDirectory(area.staged(call), place);
        return HostAnswer.done();
    }

    private Path staged(int replica) {
        return area.staged(call).resolve(place.fileName(replica));
    }

    private Path kept(int replica) {
        return area.kept(call).resolve(place.fileName(replica));
    }
}
