package io.parix.backup.examples.quickstart;

import io.parix.backup.Backup;
import io.parix.backup.DatabaseProfile;
import io.parix.backup.archive.datafile.DataFile;
import io.parix.backup.archive.datafile.DataFileReading;
import io.parix.backup.archive.datafile.Release;
import io.parix.backup.host.Image;
import io.parix.backup.host.ImageKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Data files that are there already: backed up twice, restored beside, compared. They are only read. */
final class GivenStory {
    private static final Pattern FILE = Pattern.compile("(\\d{1,39})_(\\d)\\.tigerbeetle");
    private static final String NAME = "given";

    private final Screen screen;
    private final Acts acts;
    private final WorkDirectory work;
    private final Path directory;

    GivenStory(Screen screen, WorkDirectory work, Path directory) {
        this.screen = screen;
        this.acts = new Acts(screen);
        this.work = work;
        this.directory = directory;
    }

    private record Found(String cluster, List<Path> files) {}

    boolean tell() throws IOException {
        Found found = find();
        requireComplete(found);
        String release = newestRelease(found.files());
        Path restored = work.folder("restored");
        Installation.Places places =
                new Installation.Places(directory, restored, work.folder("store"), work.folder("spool"));
        DatabaseProfile profile = Installation.profile(NAME, found.files().size(), release);
        try (Installation parix = new Installation(screen, profile, found.cluster(), places)) {
            acts.backup(parix, "everything");
            Backup second = acts.backup(parix, "again, nothing changed");
            boolean held = acts.refusedUnder(parix, second, "givne");
            acts.restore(parix, second, NAME);
            Map<String, String> before = acts.digests("given files", found.files());
            List<Path> copies = found.files().stream()
                    .map(file -> restored.resolve(file.getFileName()))
                    .toList();
            Map<String, String> after = acts.digests("restored files", copies);
            return acts.compare(before, after) && held;
        }
    }

    private Found find() throws IOException {
        SortedMap<String, List<Path>> clusters = new TreeMap<>();
        for (Path file : list()) {
            Matcher name = FILE.matcher(String.valueOf(file.getFileName()));
            if (name.matches()) {
                clusters.computeIfAbsent(name.group(1), c -> new ArrayList<>()).add(file);
            }
        }
        if (clusters.size() != 1) {
            String held = clusters.isEmpty() ? "no cluster" : "clusters " + String.join(" and ", clusters.keySet());
            throw new Refused(
                    "not-a-cluster",
                    directory + " holds data files <cluster>_<index>.tigerbeetle of " + held
                            + "; give a directory that holds those of one cluster.");
        }
        Map.Entry<String, List<Path>> only = clusters.entrySet().iterator().next();
        return new Found(only.getKey(), only.getValue());
    }

    private List<Path> list() throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new Refused("not-a-cluster", directory + " is not a directory.");
        }
        try (Stream<Path> listing = Files.list(directory)) {
            return listing.sorted().toList();
        }
    }

    /** A file that is not there would be waited for, as one on a disk that comes back; here nobody brings it. */
    private void requireComplete(Found found) {
        for (int i = 0; i < found.files().size(); i++) {
            Path file = directory.resolve(found.cluster() + "_" + i + ".tigerbeetle");
            if (!found.files().contains(file)) {
                throw new Refused(
                        "replica-set-refused", file + " is not there; a replica set is backed up whole, from index 0.");
            }
        }
    }

    /** The version that a control plane would know; here the files themselves are asked. Damaged ones are told of later. */
    private static String newestRelease(List<Path> files) throws IOException {
        List<DataFileReading> readings = new ArrayList<>();
        for (Path file : files) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                readings.add(DataFile.read(new OpenFile(file, channel)));
            }
        }
        return readings.stream()
                .flatMap(reading -> reading.dataFile().stream())
                .map(file -> file.facts().release())
                .flatMap(release -> Release.parse(release).stream())
                .max(Comparator.naturalOrder())
                .map(Release::toString)
                .orElseGet(() -> readings.get(0).orThrow().facts().release());
    }

    private record OpenFile(Path path, FileChannel channel) implements Image {
        @Override
        public String name() {
            return String.valueOf(path.getFileName());
        }

        @Override
        public ImageKind kind() {
            return ImageKind.STOPPED;
        }

        @Override
        public Instant cutNotBefore() {
            return Instant.EPOCH;
        }

        @Override
        public long length() throws IOException {
            return channel.size();
        }

        @Override
        public int read(long position, ByteBuffer target) throws IOException {
            int total = 0;
            while (target.hasRemaining()) {
                int count = channel.read(target, position + total);
                if (count < 0) {
                    break;
                }
                total += count;
            }
            return total;
        }
    }
}
