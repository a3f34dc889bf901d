package io.parix.backup.examples.quickstart;

import io.parix.backup.Backup;
import io.parix.backup.ByteSize;
import io.parix.backup.archive.datafile.DataFileLayout;
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
final class SyntheticStory {
    private static final String NAME = "ledger";
    private static final String CLUSTER = "1";
    private static final ByteSize USED = ByteSize.mebibytes(200);
    private static final ByteSize LENGTH = ByteSize.mebibytes(1300);
    private static final double CHANGED = 0.01;

    private final Screen screen;
    private final Acts acts;
    private final WorkDirectory work;

    SyntheticStory(Screen screen, WorkDirectory work) {
        this.screen = screen;
        this.acts = new Acts(screen);
        this.work = work;
    }

    boolean tell() throws IOException {
        Path live = work.folder("cluster");
        Installation.Places places = new Installation.Places(live, live, work.folder("store"), work.folder("spool"));
        SyntheticCluster cluster = SyntheticCluster.builder(DataFileLayout.PRODUCTION)
                .used(USED)
                .fileSize(LENGTH)
                .build();
        List<Path> files = make(cluster, live);
        try (Installation parix = new Installation(screen, Installation.profile(NAME, 3, "0.17.8"), CLUSTER, places)) {
            acts.backup(parix, "everything");
            change(cluster, live);
            Backup second = acts.backup(parix, "after 1 % changed");
            Map<String, String> before = acts.digests("live files", files);
            lose(files);
            boolean held = acts.refusedUnder(parix, second, "ledgre");
            acts.restore(parix, second, NAME);
            Map<String, String> after = acts.digests("restored files", files);
            return acts.compare(before, after) && held;
        }
    }

    private List<Path> make(SyntheticCluster cluster, Path live) throws IOException {
        long begin = System.nanoTime();
        List<Path> files = cluster.writeTo(live);
        screen.act("Made a TigerBeetle cluster", Screen.Step.reading("make a cluster", 0, Acts.since(begin)));
        screen.detail(files.size() + " replicas of " + new ByteSize(Files.size(files.get(0))).words()
                + " as the file system shows them, " + USED.words() + " of each used by tables");
        return files;
    }

    private void change(SyntheticCluster cluster, Path live) throws IOException {
        long begin = System.nanoTime();
        cluster.nextCheckpoint(CHANGED).writeChanges(live, cluster);
        screen.act("Changed 1 % of the tables", Screen.Step.reading("change 1 %", 0, Acts.since(begin)));
    }

    /** One file is overwritten in the middle, one is gone, one is cut off. */
    private void lose(List<Path> files) throws IOException {
        try (FileChannel file = FileChannel.open(files.get(0), StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.allocate(1 << 20).put(0, new byte[] {1, 2, 3}), file.size() / 2);
        }
        Files.delete(files.get(1));
        try (FileChannel file = FileChannel.open(files.get(2), StandardOpenOption.WRITE)) {
            file.truncate(file.size() / 2);
        }
        screen.act("Lost the cluster: one file overwritten, one deleted, one cut in half");
    }
}
