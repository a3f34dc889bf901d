package io.parix.backup.benchmarks;

import io.parix.backup.ByteSize;
import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseProfile;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.Shape;
import io.parix.backup.archive.datafile.DataFileLayout;
import io.parix.backup.testkit.datafile.SparseImage;
import io.parix.backup.testkit.datafile.SyntheticCluster;
import io.parix.backup.testkit.host.InMemoryHost;
import io.parix.backup.testkit.store.InMemoryProvider;
import java.util.List;

/** A database of three replicas of the tiny layout, where a benchmark measures something else than bytes. */
final class TinyLedger {
    private TinyLedger() {}

    /** Gives a host such a database, whose name is {@code ledger}. */
    static void in(InMemoryHost host, DatabaseId database, String region) {
        Shape shape =
                new Shape(3, 4, ByteSize.gibibytes(16), "ssd", ByteSize.gibibytes(100), "private", false, "0.17.8");
        host.put(
                new DatabaseProfile(
                        database, "ledger", DatabaseStatus.ACTIVE, region, InMemoryProvider.ID, shape, List.of()),
                files());
    }

    private static List<byte[]> files() {
        return SyntheticCluster.builder(DataFileLayout.TINY)
                .used(new ByteSize(40 * 4096))
                .seed(11)
                .build()
                .images()
                .stream()
                .map(SparseImage::bytes)
                .toList();
    }
}
