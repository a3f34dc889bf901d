package io.parix.backup.archive.datafile;

import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Check;
import io.parix.backup.Report;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Superblocks with true checksums that say what cannot be. */
class SuperblockFieldsTest {
    private final RealImage healthy = RealFiles.set("single").get(0);

    @Test
    @DisplayName("C5 a replica count of none or of seven")
    void impossibleCounts() {
        assertThat(codes(h -> h[SuperblockFormat.REPLICA_COUNT] = 0)).containsExactly("replica-count-impossible");
        assertThat(codes(h -> h[SuperblockFormat.REPLICA_COUNT] = 7)).containsExactly("replica-count-impossible");
        assertThat(codes(h -> h[SuperblockFormat.REPLICA_COUNT] = 6)).isEmpty();
    }

    @Test
    @DisplayName("C5 a replica id that is no member, and one that is a standby's")
    void impossibleReplicas() {
        assertThat(codes(h -> UInt128.ZERO.write(h, SuperblockFormat.REPLICA_ID)))
                .containsExactly("replica-unknown");
        assertThat(codes(h -> member(h, 1).write(h, SuperblockFormat.REPLICA_ID)))
                .containsExactly("replica-is-standby");
    }

    @Test
    @DisplayName("C2 a file without a release, from which TigerBeetle does not start")
    void missingRelease() {
        assertThat(codes(h -> h[SuperblockFormat.RELEASE_FORMAT] = h[SuperblockFormat.RELEASE_FORMAT + 1] = 0))
                .containsExactly("release-missing");
        assertThat(codes(h -> h[SuperblockFormat.RELEASE] = h[SuperblockFormat.RELEASE + 1] = 0))
                .containsExactly("release-missing");
    }

    @Test
    @DisplayName("K2 a storage size that is no whole number of blocks")
    void impossibleStorageSize() {
        assertThat(codes(h -> h[SuperblockFormat.STORAGE_SIZE] = 1)).containsExactly("storage-size-impossible");
        assertThat(codes(h -> h[SuperblockFormat.STORAGE_SIZE + 7] = -1)).containsExactly("storage-size-impossible");
    }

    @Test
    @DisplayName("C5 a superblock of another cluster in one copy is a warning, as it is to TigerBeetle")
    void foreignCopy() {
        byte[] header = healthy.bytes(0, SuperblockFormat.HEADER_SIZE);
        header[SuperblockFormat.CLUSTER] = 9;
        header[SuperblockFormat.COPY] = 3;
        SuperblockFormat.seal(header, 0);
        Report report = DataFile.read(healthy.with(3L * DataFileLayout.SUPERBLOCK_COPY_SIZE, header))
                .report();
        assertThat(report.passed()).isTrue();
        assertThat(report.warnings()).extracting(Check::code).containsExactly("superblock-copy-foreign");
    }

    private static UInt128 member(byte[] header, int index) {
        return UInt128.read(header, SuperblockFormat.MEMBERS + index * UInt128.SIZE);
    }

    private List<String> codes(Consumer<byte[]> change) {
        byte[] header = healthy.bytes(0, SuperblockFormat.HEADER_SIZE);
        change.accept(header);
        SuperblockFormat.seal(header, 0);
        RealImage changed = healthy;
        for (int copy = 0; copy < DataFileLayout.SUPERBLOCK_COPIES; copy++) {
            header[SuperblockFormat.COPY] = (byte) copy;
            changed = changed.with((long) copy * DataFileLayout.SUPERBLOCK_COPY_SIZE, header);
        }
        return DataFile.read(changed).report().failures().stream()
                .map(Check::code)
                .toList();
    }
}
