package io.parix.backup.examples.quickstart;

import io.parix.backup.DatabaseProfile;
import io.parix.backup.archive.datafile.DataFile;
import io.parix.backup.archive.datafile.DataFileReading;
import io.parix.backup.archive.datafile.Release;
import io.parix.backup.examples.parts.Refused;
import io.parix.backup.examples.parts.SmallDatabase;
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
final class GivenStory implements Story {
    private static final Pattern FILE = Pattern.compile("(\\d{1,39})_(\\d)\\.tigerbeetle");
    private static final String NAME = "given";
    private static final String SECOND = "second";
    private static final String FOLDER = "restored";
    private static final String GIVEN = "given files";
    private static final String RESTORED = "restored files";

    private final Path directory;
    private final Scale scale;
    private final Provider provider;
    private final Found found;

    private record Found(String cluster, List<Path> files) {}

    /**
     * Looks at the files.
     *
     * @throws Refused when they are not those of one cluster, whole
     */
    GivenStory(Path directory, Scale scale, Provider provider) throws IOException {
        this.directory = directory;
        this.scale = scale;
        this.provider = provider;
        this.found = find();
        requireComplete();
    }

    @Override
    public Map<String, String> what() {
        return Map.of(
                "cluster", found.cluster(),
                "replicas", Integer.toString(found.files().size()),
                "directory", directory.toString(),
                "provider", provider.id(),
                "version", Quickstart.VERSION);
    }

    @Override
    public Installation.Plan plan(WorkDirectory work) throws IOException {
        Installation.Places places =
                new Installation.Places(directory, work.folder(FOLDER), work.folder("spool"), work.folder("catalog"));
        DatabaseProfile profile = SmallDatabase.profile(
                Installation.DATABASE, NAME, provider.id(), found.files().size(), newestRelease(found.files()));
        return new Installation.Plan(profile, found.cluster(), places, provider.store(work.folder("store")), scale);
    }

    @Override
    public List<Step> steps(WorkDirectory work) throws IOException {
        Path restored = work.folder(FOLDER);
        List<Path> copies = found.files().stream()
                .map(file -> restored.resolve(file.getFileName()))
                .toList();
        return List.of(
                new Step("Back up everything", acts -> acts.backup("first", "everything")),
                new Step("Back up again", acts -> {
                    acts.backup(SECOND, "again, nothing changed");
                    acts.page();
                }),
                new Step("Ask for a restore under a wrong name", acts -> acts.refusedUnder(SECOND, "givne")),
                new Step("Restore", acts -> {
                    acts.restore(SECOND, NAME);
                    acts.page();
                }),
                new Step("Take SHA-256 of every file", acts -> acts.digests(GIVEN, found.files())),
                new Step("Compare", acts -> {
                    acts.digests(RESTORED, copies);
                    acts.compare(GIVEN, RESTORED);
                }));
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
    private void requireComplete() {
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
