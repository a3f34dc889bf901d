package io.parix.backup.provider.local.cluster;

import static io.parix.backup.provider.local.cluster.DirectoryFixture.DATABASE;
import static io.parix.backup.provider.local.cluster.DirectoryFixture.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parix.backup.BackupId;
import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.InvalidRequestException;
import io.parix.backup.RestoreId;
import io.parix.backup.host.Attempt;
import io.parix.backup.host.Capture;
import io.parix.backup.host.HostAnswer;
import io.parix.backup.host.Image;
import io.parix.backup.host.ImageKind;
import io.parix.backup.host.RestoreCall;
import io.parix.backup.host.StagedFile;
import io.parix.backup.host.Staging;
import io.parix.backup.host.StaleFenceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryClusterTest {
    private static final Attempt ATTEMPT = new Attempt(DATABASE, new BackupId("b1"), 1);

    @TempDir
    private Path directory;

    @Test
    @DisplayName("C7 the images are the stopped replicas' files, named as they are, and as old as the call")
    void capturesTheFiles() throws IOException {
        DirectoryCluster cluster = DirectoryFixture.create(directory, Set.of()).cluster();
        Capture.Ready ready = (Capture.Ready) cluster.capture(ATTEMPT);
        assertThat(ready.images())
                .extracting(Image::name)
                .containsExactly("7_0.tigerbeetle", "7_1.tigerbeetle", "7_2.tigerbeetle");
        for (Image image : ready.images()) {
            assertThat(image.kind()).isEqualTo(ImageKind.STOPPED);
            assertThat(image.cutNotBefore()).isEqualTo(DirectoryFixture.NOW);
            assertThat(image.length()).isEqualTo(5);
        }
        ByteBuffer target = ByteBuffer.allocate(10);
        assertThat(ready.images().get(1).read(2, target)).isEqualTo(3);
        assertThat(new String(target.array(), 0, 3, StandardCharsets.US_ASCII)).isEqualTo("d 1");
        assertThat(ready.images().get(1).read(5, target)).isZero();
        assertThat(((Capture.Ready) cluster.capture(ATTEMPT)).images()).isEqualTo(ready.images());
    }

    @Test
    @DisplayName(
            "C7 released images cannot be read any more; releasing again, or what was never captured, does nothing")
    void releasesImages() throws IOException {
        DirectoryCluster cluster = DirectoryFixture.create(directory, Set.of()).cluster();
        Image image = ((Capture.Ready) cluster.capture(ATTEMPT)).images().get(0);
        cluster.release(ATTEMPT);
        cluster.release(ATTEMPT);
        cluster.release(new Attempt(DATABASE, new BackupId("b2"), 3));
        assertThatThrownBy(() -> image.read(0, ByteBuffer.allocate(1))).isInstanceOf(IOException.class);
    }

    @Test
    @DisplayName("C5 a missing replica file fails the capture and is named")
    void namesAMissingFile() throws IOException {
        DirectoryCluster cluster = DirectoryFixture.create(directory, Set.of(2)).cluster();
        assertThatThrownBy(() -> cluster.capture(ATTEMPT))
                .isInstanceOfSatisfying(
                        FailedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IMAGE_UNREADABLE))
                .hasMessageContaining("7_2.tigerbeetle");
    }

    @Test
    @DisplayName("C7 a file that another process has locked is refused, with file and process")
    void refusesALockedFile() throws Exception {
        DirectoryFixture fixture = DirectoryFixture.create(directory, Set.of());
        Process holder = LockHolder.start(fixture.place().live(1));
        try {
            assumeTrue(
                    FileLocks.ofSystem().holder(fixture.place().live(1)).isPresent(), "the system does not tell locks");
            assertThatThrownBy(() -> fixture.cluster().capture(ATTEMPT))
                    .isInstanceOfSatisfying(
                            FailedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IMAGE_LOCKED))
                    .hasMessageContaining("7_1.tigerbeetle")
                    .hasMessageContaining(String.valueOf(holder.pid()));
            assertThat(fixture.cluster().fenceOld(call(1))).isInstanceOf(HostAnswer.Failed.class);
        } finally {
            holder.destroyForcibly().waitFor();
        }
        assertThat(fixture.cluster().fenceOld(call(1))).isEqualTo(HostAnswer.done());
    }

    @Test
    @DisplayName("C7 a line of the lock table counts by device and inode, held and not waiting, and not our own")
    void readsTheLockTable() {
        List<String> table = List.of(
                "1: FLOCK  ADVISORY  WRITE 4711 fe:00:1835021 0 EOF",
                "2: POSIX  ADVISORY  READ  12 fe:00:99 0 10",
                "2: -> POSIX  ADVISORY  WRITE 13 fe:00:77 0 10",
                "3: OFDLCK ADVISORY  WRITE -1 00:1f:55 0 EOF",
                "torn",
                "");
        assertThat(FileLocks.holder(table, "fe:00:1835021", 1)).contains("4711");
        assertThat(FileLocks.holder(table, "fe:01:1835021", 1)).isEmpty();
        assertThat(FileLocks.holder(table, "fe:00:183502", 1)).isEmpty();
        assertThat(FileLocks.holder(table, "fe:00:99", 12)).isEmpty();
        assertThat(FileLocks.holder(table, "fe:00:77", 1)).isEmpty();
        assertThat(FileLocks.holder(table, "00:1f:55", 1)).contains("-1");
    }

    @Test
    @DisplayName(
            "F3 a fencing token lower than one seen is refused by every step, also after a restart; an equal one passes")
    void refusesStaleTokens() throws IOException {
        DirectoryFixture fixture = DirectoryFixture.create(directory, Set.of());
        assertThat(fixture.cluster().move(call(5))).isEqualTo(HostAnswer.done());
        DirectoryCluster again = fixture.cluster();
        assertThat(again.move(call(5))).isEqualTo(HostAnswer.done());
        RestoreCall stale = call(4);
        assertThatThrownBy(() -> again.move(stale)).isInstanceOf(StaleFenceException.class);
        assertThatThrownBy(() -> again.stage(stale, 3)).isInstanceOf(StaleFenceException.class);
        assertThatThrownBy(() -> again.fenceOld(stale)).isInstanceOf(StaleFenceException.class);
        assertThatThrownBy(() -> again.swap(stale)).isInstanceOf(StaleFenceException.class);
        assertThatThrownBy(() -> again.start(stale)).isInstanceOf(StaleFenceException.class);
        assertThatThrownBy(() -> again.confirm(stale)).isInstanceOf(StaleFenceException.class);
        assertThatThrownBy(() -> again.open(stale)).isInstanceOf(StaleFenceException.class);
        assertThatThrownBy(() -> again.release(stale)).isInstanceOf(StaleFenceException.class);
        assertThatThrownBy(() -> again.fenceRestored(stale)).isInstanceOf(StaleFenceException.class);
        assertThatThrownBy(() -> again.swapBack(stale)).isInstanceOf(StaleFenceException.class);
        assertThatThrownBy(() -> again.moveBack(stale, DatabaseStatus.ACTIVE)).isInstanceOf(StaleFenceException.class);
        assertThat(fixture.statuses()).containsExactly("provisioning", "provisioning");
    }

    @Test
    @DisplayName("F4 a restore walks forward, keeps the old files until release, and leaves strangers alone")
    void restores() throws IOException {
        DirectoryFixture fixture = DirectoryFixture.create(directory, Set.of(0));
        DirectoryCluster cluster = fixture.cluster();
        assertThat(cluster.move(call(1))).isEqualTo(HostAnswer.done());
        fixture.stage();
        assertThat(fixture.live()).isEqualTo(fixture.all("old"));
        assertThat(cluster.fenceOld(call(1))).isEqualTo(HostAnswer.done());
        assertThat(cluster.swap(call(1))).isEqualTo(HostAnswer.done());
        assertThat(fixture.live()).isEqualTo(fixture.all("new"));
        Path kept = directory.resolve(".parix-restore/kept-r1/7_2.tigerbeetle");
        assertThat(kept).hasContent("old 2");
        assertThat(cluster.start(call(1))).isEqualTo(HostAnswer.done());
        assertThat(cluster.confirm(call(1))).isEqualTo(HostAnswer.done());
        assertThat(cluster.open(call(1))).isEqualTo(HostAnswer.done());
        assertThat(kept).exists();
        assertThat(cluster.release(call(1))).isEqualTo(HostAnswer.done());
        assertThat(kept).doesNotExist();
        assertThat(directory.resolve("notes.txt")).hasContent("a stranger's");
        assertThat(fixture.statuses()).containsExactly("provisioning", "active");
    }

    @Test
    @DisplayName("F4 what is not wholly staged is not swapped, and going back leaves the live files as they were")
    void refusesHalfStaged() throws IOException {
        DirectoryFixture fixture = DirectoryFixture.create(directory, Set.of());
        try (Staging staging = fixture.cluster().stage(call(1), 3)) {
            staging.open(0).close();
        }
        assertThat(fixture.cluster().swap(call(1))).isInstanceOf(HostAnswer.Failed.class);
        assertThat(fixture.live()).isEqualTo(fixture.all("old"));
        assertThat(fixture.cluster().swapBack(call(1))).isEqualTo(HostAnswer.done());
        assertThat(fixture.cluster().moveBack(call(1), new DatabaseStatus("suspended")))
                .isEqualTo(HostAnswer.done());
        assertThat(fixture.live()).isEqualTo(fixture.all("old"));
        assertThat(fixture.statuses()).containsExactly("suspended");
    }

    @Test
    @DisplayName("F4 a staged file can be grown, cut, written anywhere and continued after a restart; gaps read zero")
    void stages() throws IOException {
        DirectoryFixture fixture = DirectoryFixture.create(directory, Set.of());
        try (Staging staging = fixture.cluster().stage(call(1), 3);
                StagedFile file = staging.open(1)) {
            assertThat(staging.freeSpace()).isPositive();
            assertThat(file.length()).isZero();
            file.setLength(1L << 40);
            file.write((1L << 40) - 4, ByteBuffer.wrap(new byte[] {1, 2, 3, 4}));
            file.setLength((1L << 40) - 2);
            file.force();
        }
        try (Staging staging = fixture.cluster().stage(call(2), 3);
                StagedFile file = staging.open(1)) {
            assertThat(file.length()).isEqualTo((1L << 40) - 2);
            ByteBuffer end = ByteBuffer.allocate(8);
            assertThat(file.read((1L << 40) - 6, end)).isEqualTo(4);
            assertThat(end.array()).containsExactly(0, 0, 1, 2, 0, 0, 0, 0);
            assertThatThrownBy(() -> staging.open(3)).isInstanceOf(InvalidRequestException.class);
        }
    }

    @Test
    @DisplayName("I4 names from outside never become paths: a digest, a cluster id, another database")
    void refusesForeignNames() throws IOException {
        DirectoryCluster cluster = DirectoryFixture.create(directory, Set.of()).cluster();
        RestoreCall wrongDigest = new RestoreCall(DATABASE, new RestoreId("r1"), new BackupId("b1"), "../../etc", 1);
        assertThatThrownBy(() -> cluster.stage(wrongDigest, 3)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> cluster.stage(call(1), 2)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> new ClusterPlace(DATABASE, directory, "../7", 3))
                .isInstanceOf(InvalidRequestException.class);
        Attempt strange = new Attempt(new DatabaseId("other"), new BackupId("b1"), 1);
        assertThatThrownBy(() -> cluster.capture(strange)).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    @DisplayName("F4 a live file that is a symbolic link is not replaced")
    void refusesLinks() throws IOException {
        DirectoryFixture fixture = DirectoryFixture.create(directory, Set.of(1));
        Files.createSymbolicLink(fixture.place().live(1), directory.resolve("notes.txt"));
        fixture.stage();
        assertThat(fixture.cluster().swap(call(1))).isInstanceOf(HostAnswer.Failed.class);
        assertThat(fixture.place().live(0)).hasContent("old 0");
        assertThat(directory.resolve("notes.txt")).hasContent("a stranger's");
    }
}
