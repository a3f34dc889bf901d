package io.parix.backup.examples.quickstart;

import io.parix.backup.ByteSize;
import io.parix.backup.DatabaseProfile;
import io.parix.backup.examples.parts.Folders;
import io.parix.backup.examples.parts.SmallDatabase;
import io.parix.backup.testkit.datafile.SyntheticCluster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/** Three replicas made for the occasion: backed up, changed, backed up again, lost, restored, compared. */
final class SyntheticStory implements Story {
    private static final String NAME = "ledger";
    private static final String CLUSTER = "1";
    private static final int REPLICAS = 3;
    private static final double CHANGED = 0.01;
    private static final String FOLDER = "cluster";
    private static final String SECOND = "second";
    private static final String LIVE = "live files";
    private static final String RESTORED = "restored files";

    private final Scale scale;
    private final Provider provider;

    SyntheticStory(Scale scale, Provider provider) {
        this.scale = scale;
        this.provider = provider;
    }

    @Override
    public Map<String, String> what() {
        return Map.of(
                "cluster",
                "synthetic",
                "size",
                scale.length().words(),
                "provider",
                provider.id(),
                "version",
                Quickstart.VERSION);
    }

    @Override
    public Installation.Plan plan(WorkDirectory work) throws IOException {
        Path live = work.folder(FOLDER);
        Installation.Places places = new Installation.Places(live, live, work.folder("spool"), work.folder("catalog"));
        DatabaseProfile profile = SmallDatabase.profile(Installation.DATABASE, NAME, provider.id(), REPLICAS, "0.17.8");
        return new Installation.Plan(profile, CLUSTER, places, provider.store(work.folder("store")), scale);
    }

    @Override
    public List<Step> steps(WorkDirectory work) throws IOException {
        Path live = work.folder(FOLDER);
        SyntheticCluster cluster = SyntheticCluster.builder(scale.layout())
                .used(scale.used())
                .fileSize(scale.length())
                .build();
        List<Path> files = cluster.replicas().stream()
                .map(replica -> live.resolve(replica.fileName()))
                .toList();
        return List.of(
                new Step("Make a TigerBeetle cluster", acts -> make(acts, cluster, work)),
                new Step("Back up everything", acts -> acts.backup("first", "everything")),
                new Step("Change 1 % of the tables", acts -> change(acts, cluster, live)),
                new Step("Back up what changed", acts -> {
                    acts.backup(SECOND, "after 1 % changed");
                    acts.page();
                }),
                new Step("Take SHA-256 of every file", acts -> acts.digests(LIVE, files)),
                new Step("Lose the cluster", acts -> lose(acts, files)),
                new Step("Ask for a restore under a wrong name", acts -> acts.refusedUnder(SECOND, "ledgre")),
                new Step("Restore", acts -> {
                    acts.restore(SECOND, NAME);
                    acts.page();
                }),
                new Step("Compare", acts -> {
                    acts.digests(RESTORED, files);
                    acts.compare(LIVE, RESTORED);
                }));
    }

    /** Half a cluster, as a kill leaves it, is no cluster: it is written anew. */
    private void make(Acts acts, SyntheticCluster cluster, WorkDirectory work) throws IOException {
        acts.begin();
        long begin = System.nanoTime();
        Folders.remove(work.folder(FOLDER));
        List<Path> files = cluster.writeTo(work.folder(FOLDER));
        acts.tell("Made a TigerBeetle cluster", Row.reading("make a cluster", 0, Acts.since(begin)));
        acts.detail(files.size() + " replicas of " + new ByteSize(Files.size(files.get(0))).words()
                + " as the file system shows them, " + scale.used().words() + " of each used by tables");
    }

    /** Writes the same bytes to the same places however often, so half of it is made whole. */
    private static void change(Acts acts, SyntheticCluster cluster, Path live) throws IOException {
        long begin = System.nanoTime();
        cluster.nextCheckpoint(CHANGED).writeChanges(live, cluster);
        acts.tell("Changed 1 % of the tables", Row.reading("change 1 %", 0, Acts.since(begin)));
    }

    /** One file is overwritten in the middle, one is gone, one is cut off; half of that is made whole. */
    private static void lose(Acts acts, List<Path> files) throws IOException {
        long begin = System.nanoTime();
        long half;
        try (FileChannel file = FileChannel.open(files.get(0), StandardOpenOption.WRITE)) {
            half = file.size() / 2;
            file.write(ByteBuffer.allocate(1 << 20).put(0, new byte[] {1, 2, 3}), half);
        }
        Files.deleteIfExists(files.get(1));
        try (FileChannel file = FileChannel.open(files.get(2), StandardOpenOption.WRITE)) {
            file.truncate(half);
        }
        acts.tell(
                "Lost the cluster: one file overwritten, one deleted, one cut in half",
                Row.reading("lose the cluster", 0, Acts.since(begin)));
    }
}
