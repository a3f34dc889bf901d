package io.parix.backup.testkit.datafile;

import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Check;
import io.parix.backup.Report;
import io.parix.backup.archive.datafile.DataFile;
import io.parix.backup.archive.datafile.DataFileLayout;
import io.parix.backup.archive.datafile.DatabaseCheck;
import io.parix.backup.archive.datafile.Fingerprint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a log may lack after its checkpoint, and how an image shows that it moved. */
class LogAfterCheckpointTest {
    private static final DataFileLayout TINY = DataFileLayout.TINY;

    private static SyntheticCluster cluster(int replicas) {
        return SyntheticCluster.builder(TINY).replicas(replicas).build().nextCheckpoint(0.2);
    }

    /** Puts into the slot of an operation what was there a round of the log before. */
    private static SparseImage lacking(SyntheticCluster cluster, long op) {
        SparseImage image = cluster.replica(0).image();
        long older = op - TINY.walSlots();
        int slot = (int) (op % TINY.walSlots());
        byte[] message = cluster.log().message(older);
        image.write(TINY.prepareOffset(slot), message, message.length);
        image.write(TINY.headerOffset(slot), message, 256);
        return image;
    }

    @Test
    @DisplayName("C10 an operation that one replica of three never wrote is a warning, since the others must have it")
    void warnsOfAnOperationThatWasNeverHere() {
        SyntheticCluster cluster = cluster(3);
        Report report = DatabaseCheck.of(lacking(cluster, cluster.head() - 1));
        assertThat(report.failures()).isEmpty();
        assertThat(report.warnings()).extracting(Check::code).containsExactly("log-op-not-here");
        assertThat(report.warnings().get(0).sentence()).contains("operation " + (cluster.head() - 1));
    }

    @Test
    @DisplayName("C10 an operation that the only replica lacks is a failure")
    void refusesAnOperationThatTheOnlyReplicaLacks() {
        SyntheticCluster cluster = cluster(1);
        Report report = DatabaseCheck.of(lacking(cluster, cluster.head() - 1));
        assertThat(report.failures()).extracting(Check::code).containsExactly("prepare-torn");
    }

    @Test
    @DisplayName("C10 a log that has gone on for more than a round after the checkpoint is a failure")
    void refusesALogBeyondItsCheckpoint() {
        SyntheticCluster old = cluster(3);
        SyntheticCluster later = old.nextCheckpoint(0.1).nextCheckpoint(0.1);
        SparseImage image = later.replica(0).image();
        byte[] superblocks = new byte[(int) TINY.walHeadersOffset()];
        SparseImage before = old.replica(0).image();
        assertThat(readInto(before, superblocks)).isEqualTo(superblocks.length);
        image.write(0, superblocks, superblocks.length);
        assertThat(DatabaseCheck.of(image).failures()).extracting(Check::code).contains("log-beyond-checkpoint");
    }

    private static int readInto(SparseImage image, byte[] target) {
        try {
            return image.read(0, ByteBuffer.wrap(target));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @DisplayName("C7 one more operation in the log is found out, with the replica and both offsets")
    void findsOneMoreOperation() {
        SyntheticCluster before = cluster(3);
        SyntheticCluster after = before.advance(1);
        int slot = (int) (after.head() % TINY.walSlots());
        Report report = fingerprint(after.replica(2).image())
                .unmovedSince(fingerprint(before.replica(2).image()));
        assertThat(report.failures()).hasSize(2).allMatch(c -> c.code().equals("image-moved"));
        assertThat(report.reasons())
                .contains("Replica 2 (1_2.tigerbeetle)")
                .contains("log headers at offset " + (TINY.headerOffset(slot) / 4096 * 4096))
                .contains("log slot " + slot + " at offset " + TINY.prepareOffset(slot));
    }

    @Test
    @DisplayName("C7 a file that grew is found out")
    void findsAnotherLength() {
        SparseImage image = cluster(3).replica(1).image();
        Fingerprint before = fingerprint(image);
        image.setLength(image.length() + 4096);
        assertThat(fingerprint(image).unmovedSince(before).failures())
                .extracting(Check::code)
                .containsExactly("image-moved");
    }

    private static Fingerprint fingerprint(SparseImage image) {
        return Fingerprint.of(image, DataFile.read(image).orThrow());
    }
}
