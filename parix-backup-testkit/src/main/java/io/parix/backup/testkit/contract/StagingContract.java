package io.parix.backup.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.BackupException;
import io.parix.backup.ByteSize;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.host.RestoreCall;
import io.parix.backup.host.RestoreHost;
import io.parix.backup.host.StagedFile;
import io.parix.backup.host.Staging;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Requirements HST-20 to HST-26: the place beside the live files. */
public interface StagingContract extends RestoreHostFixture {
    @Test
    @DisplayName("HST-20 what is staged, written, cut or forced, never touches a live file")
    default void staysBeside() throws Exception {
        HostTrial trial = HostTrial.of(this);
        trial.done(RestoreHost::move, trial.call(1));
        try (Staging staging = trial.host.stage(trial.call(1), trial.replicas);
                StagedFile file = staging.open(0)) {
            trial.assertUntouched();
            file.write(0, ByteBuffer.wrap(trial.restored().get(0)));
            file.force();
            trial.assertUntouched();
            file.setLength(0);
        }
        trial.stage(trial.call(1), trial.restored());
        trial.assertUntouched();
        trial.done(RestoreHost::fenceOld, trial.call(1));
        trial.assertUntouched();
    }

    @Test
    @DisplayName("HST-21 a staged file is empty when new; bytes are found where they were written, gaps are zero")
    default void keepsBytesInPlace() throws Exception {
        HostTrial trial = HostTrial.of(this);
        try (Staging staging = trial.host.stage(trial.call(1), trial.replicas);
                StagedFile file = staging.open(1)) {
            assertThat(file.length()).isZero();
            assertThat(file.read(0, ByteBuffer.allocate(8))).isZero();
            ByteBuffer framed = ByteBuffer.wrap(new byte[] {9, 1, 2, 3, 9}, 1, 3);
            file.write(5_000, framed);
            assertThat(framed.remaining()).isZero();
            assertThat(file.length()).isEqualTo(5_003);
            ByteBuffer target = ByteBuffer.allocate(10);
            target.put((byte) 7).limit(8);
            assertThat(file.read(4_998, target)).isEqualTo(5);
            assertThat(target.position()).isEqualTo(6);
            assertThat(target.array()).containsExactly(7, 0, 0, 1, 2, 3, 0, 0, 0, 0);
            assertThat(file.read(5_003, ByteBuffer.allocate(8))).isZero();
            assertThat(file.read(9_000, ByteBuffer.allocate(8))).isZero();
            ByteBuffer narrow = ByteBuffer.allocate(4).limit(2);
            assertThat(file.read(5_000, narrow)).isEqualTo(2);
            assertThat(narrow.array()).containsExactly(1, 2, 0, 0);
            ByteBuffer direct = ByteBuffer.allocateDirect(2);
            assertThat(file.read(5_001, direct)).isEqualTo(2);
            assertThat(direct.get(0)).isEqualTo((byte) 2);
        }
    }

    @Test
    @DisplayName("HST-21 a file that is cut and grown again reads zero where it was cut")
    default void growsByZeros() throws Exception {
        HostTrial trial = HostTrial.of(this);
        try (Staging staging = trial.host.stage(trial.call(1), trial.replicas);
                StagedFile file = staging.open(0)) {
            file.write(0, ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5, 6}));
            file.setLength(3);
            assertThat(file.length()).isEqualTo(3);
            file.setLength(20_000);
            assertThat(file.length()).isEqualTo(20_000);
            ByteBuffer target = ByteBuffer.allocate(8);
            assertThat(file.read(0, target)).isEqualTo(8);
            assertThat(target.array()).containsExactly(1, 2, 3, 0, 0, 0, 0, 0);
            assertThat(file.read(19_996, ByteBuffer.allocate(8))).isEqualTo(4);
        }
    }

    @Test
    @DisplayName("HST-22 what was staged is there for the next worker, in another process too, and for a next restore")
    default void continues() throws Exception {
        HostTrial trial = HostTrial.of(this);
        List<String> staged = HostTrial.prints(trial.restored());
        trial.done(RestoreHost::move, trial.call(1));
        trial.stage(trial.call(1), trial.restored());
        assertStaged(trial, trial.host, trial.call(2), staged);
        for (RestoreHost other : again(trial.host).stream().toList()) {
            assertStaged(trial, other, trial.call(3), staged);
        }
        trial.done(RestoreHost::fenceOld, trial.call(4));
        trial.done((host, call) -> host.moveBack(call, DatabaseStatus.ACTIVE), trial.call(4));
        assertStaged(trial, trial.host, trial.call("r2", "b1", 5), staged);
        trial.done(RestoreHost::move, trial.call("r2", "b1", 5));
        trial.done(RestoreHost::fenceOld, trial.call("r2", "b1", 5));
        trial.done(RestoreHost::swap, trial.call("r2", "b1", 5));
        trial.assertLive(trial.restored());
    }

    private static void assertStaged(HostTrial trial, RestoreHost host, RestoreCall call, List<String> files)
            throws Exception {
        assertThat(HostTrial.prints(trial.staged(host, call))).isEqualTo(files);
    }

    @Test
    @DisplayName("HST-23 another backup, or another manifest of the same one, is staged elsewhere")
    default void keepsBackupsApart() throws Exception {
        HostTrial trial = HostTrial.of(this);
        RestoreCall first = trial.call(1);
        RestoreCall otherBackup = trial.call("r2", "b2", 1);
        RestoreCall otherManifest =
                new RestoreCall(database(), first.restore(), first.backup(), "cd".repeat(32), first.fence());
        RestoreCall neighbours = HostTrial.call(neighbour(), "r7", "b7", 1);
        trial.stage(first, trial.restored());
        List<byte[]> others = new ArrayList<>(trial.restored());
        Collections.reverse(others);
        for (RestoreCall each : List.of(otherBackup, otherManifest, neighbours)) {
            assertThat(trial.staged(trial.host, each))
                    .as("staged for %s", each)
                    .allSatisfy(bytes -> assertThat(bytes).isEmpty());
            trial.stage(each, others);
        }
        assertStaged(trial, trial.host, first, HostTrial.prints(trial.restored()));
        trial.done(RestoreHost::fenceOld, first);
        trial.done(RestoreHost::swap, first);
        trial.assertLive(trial.restored());
    }

    @Test
    @DisplayName("HST-24 the free space is what can still be written")
    default void tellsTheFreeSpace() throws Exception {
        HostTrial trial = HostTrial.of(this);
        try (Staging staging = trial.host.stage(trial.call(1), trial.replicas)) {
            assertThat(staging.freeSpace()).isPositive();
        }
    }

    @Test
    @DisplayName("HST-24 a place that is nearly full says so")
    default void tellsThatItIsFull() throws Exception {
        ByteSize room = new ByteSize(50_000);
        HostTrial trial = HostTrial.of(this, fullHost(room), "whose staging place is nearly full");
        try (Staging staging = trial.host.stage(trial.call(1), trial.replicas)) {
            assertThat(staging.freeSpace()).isBetween(0L, room.bytes());
        }
        trial.assertUntouched();
    }

    @Test
    @DisplayName("HST-25 a replica that is none of those to be staged is refused, and the others are staged as before")
    default void refusesStrangers() throws Exception {
        HostTrial trial = HostTrial.of(this);
        try (Staging staging = trial.host.stage(trial.call(1), trial.replicas)) {
            for (int replica : new int[] {trial.replicas, trial.replicas + 90, -1}) {
                assertThatThrownBy(() -> staging.open(replica).close())
                        .as("staging replica %d", replica)
                        .isInstanceOfAny(IOException.class, BackupException.class);
            }
        }
        trial.swapIn(trial.call(1), trial.restored());
        trial.assertLive(trial.restored());
    }

    @Test
    @DisplayName("HST-26 several may write to one staged file at once, where they do not overlap")
    default void takesParallelWrites() throws Exception {
        HostTrial trial = HostTrial.of(this);
        byte[] whole = trial.restored().get(0);
        List<byte[]> files = new ArrayList<>(trial.restored());
        try (Staging staging = trial.host.stage(trial.call(1), trial.replicas);
                StagedFile file = staging.open(0)) {
            int part = 1_000;
            List<Callable<Integer>> writers = new ArrayList<>();
            for (int lane = 0; lane < 4; lane++) {
                int first = lane * part;
                writers.add(() -> writeEveryFourth(file, whole, first, part));
            }
            Samples.race(writers);
        }
        assertThat(HostTrial.prints(trial.staged(trial.host, trial.call(2)).subList(0, 1)))
                .isEqualTo(HostTrial.prints(files.subList(0, 1)));
    }

    private static int writeEveryFourth(StagedFile file, byte[] whole, int first, int part) throws IOException {
        for (int at = first; at < whole.length; at += 4 * part) {
            file.write(at, ByteBuffer.wrap(whole, at, Math.min(part, whole.length - at)));
        }
        return first;
    }
}
