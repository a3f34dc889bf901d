package io.parix.backup.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parix.backup.BackupException;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.host.HostAnswer;
import io.parix.backup.host.RestoreCall;
import io.parix.backup.host.RestoreHost;
import io.parix.backup.host.Staging;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Requirements HST-30 to HST-36: staged files become live ones, and back. */
public interface SwapContract extends RestoreHostFixture {
    /** A host whose old replicas are fenced and whose files are all staged. */
    private HostTrial fenced() throws Exception {
        HostTrial trial = HostTrial.of(this);
        trial.done(RestoreHost::move, trial.call(1));
        trial.stage(trial.call(1), trial.restored());
        trial.done(RestoreHost::fenceOld, trial.call(1));
        return trial;
    }

    private static List<byte[]> others(HostTrial trial, int seed) {
        return IntStream.range(0, trial.replicas)
                .mapToObj(i -> Samples.bytes(seed + i, 20_000 + i))
                .toList();
    }

    @Test
    @DisplayName("HST-30 after the swap every replica has the file that was staged for it, byte for byte")
    default void swapsAll() throws Exception {
        HostTrial trial = fenced();
        trial.done(RestoreHost::swap, trial.call(1));
        trial.assertLive(trial.restored());
    }

    @Test
    @DisplayName("HST-30 a replica that has lost its file gets the one that was staged, and going back loses it again")
    default void swapsWhereNothingWas() throws Exception {
        HostTrial trial = HostTrial.of(this);
        List<byte[]> lost = IntStream.range(0, trial.replicas)
                .mapToObj(i -> i == 1 ? new byte[0] : Samples.bytes(40 + i, 30_000))
                .toList();
        assumeTrue(write(trial.host, database(), lost), "not verified: the fixture changes no live file");
        trial.swapIn(trial.call(1), trial.restored());
        trial.assertLive(trial.restored());
        trial.done(RestoreHost::swapBack, trial.call(1));
        trial.assertLive(lost);
    }

    @Test
    @DisplayName("HST-31 nothing is swapped as long as one replica's file is not staged, or empty")
    default void refusesHalfASet() throws Exception {
        HostTrial trial = HostTrial.of(this);
        trial.done(RestoreHost::move, trial.call(1));
        trial.done(RestoreHost::fenceOld, trial.call(1));
        trial.refused(RestoreHost::swap, trial.call(1));
        trial.assertUntouched();
        trial.stage(trial.call(1), trial.restored().subList(0, trial.replicas - 1));
        trial.refused(RestoreHost::swap, trial.call(1));
        trial.assertUntouched();
        try (Staging staging = trial.host.stage(trial.call(1), trial.replicas)) {
            staging.open(trial.replicas - 1).close();
        }
        trial.refused(RestoreHost::swap, trial.call(1));
        trial.assertUntouched();
        trial.stage(trial.call(1), trial.restored());
        trial.done(RestoreHost::swap, trial.call(1));
        trial.assertLive(trial.restored());
    }

    private RestoreHost dying(HostTrial trial) throws Exception {
        Optional<RestoreHost> dying = mortal(trial.host);
        assumeTrue(dying.isPresent(), "not verified: the fixture has no host that dies while it swaps");
        return dying.get();
    }

    /** Lets a worker die in a step, after which every replica has one file, whole. */
    private void die(HostTrial trial, HostTrial.Step step, RestoreCall call) throws Exception {
        RestoreHost dying = dying(trial);
        assertThat(catchThrowable(() -> step.ask(dying, call))).as("the death").isNotNull();
        List<String> now = trial.files().own();
        List<String> restored = HostTrial.prints(trial.restored());
        for (int i = 0; i < trial.replicas; i++) {
            assertThat(now.get(i)).as("replica %d", i).isIn(trial.before.get(i), restored.get(i));
        }
        assertThat(now)
                .as("the fixture's host dies when some replicas have one file and some the other")
                .isNotEqualTo(trial.before)
                .isNotEqualTo(restored);
    }

    @Test
    @DisplayName("HST-32 a swap whose worker died is finished by the next one that asks")
    default void finishesASwap() throws Exception {
        HostTrial trial = fenced();
        die(trial, RestoreHost::swap, trial.call(1));
        trial.done(RestoreHost::swap, trial.call(2));
        trial.assertLive(trial.restored());
        trial.done(RestoreHost::swapBack, trial.call(3));
        trial.assertUntouched();
    }

    @Test
    @DisplayName("HST-33 a swap, and going back, whose worker died are undone by the next one that asks")
    default void undoesAHalfSwap() throws Exception {
        HostTrial trial = fenced();
        die(trial, RestoreHost::swap, trial.call(1));
        trial.done(RestoreHost::swapBack, trial.call(2));
        trial.assertUntouched();
        HostTrial back = fenced();
        back.done(RestoreHost::swap, back.call(1));
        die(back, RestoreHost::swapBack, back.call(1));
        back.done(RestoreHost::swapBack, back.call(2));
        back.assertUntouched();
    }

    @Test
    @DisplayName(
            "HST-33 going back puts every old file in its place, whether it was swapped or not, and stages nothing")
    default void swapsBack() throws Exception {
        HostTrial trial = fenced();
        trial.done(RestoreHost::swapBack, trial.call(1));
        trial.assertUntouched();
        assertNothingStaged(trial, trial.call(2));
        trial.stage(trial.call(2), trial.restored());
        trial.done(RestoreHost::swap, trial.call(2));
        trial.done(RestoreHost::start, trial.call(2));
        trial.done(RestoreHost::fenceRestored, trial.call(2));
        trial.done(RestoreHost::swapBack, trial.call(2));
        trial.done(RestoreHost::swapBack, trial.call(3));
        trial.assertUntouched();
        assertNothingStaged(trial, trial.call("r2", "b1", 4));
    }

    private static void assertNothingStaged(HostTrial trial, RestoreCall call) throws Exception {
        assertThat(trial.staged(trial.host, call))
                .allSatisfy(bytes -> assertThat(bytes).isEmpty());
    }

    @Test
    @DisplayName("HST-33 the old files are those of the moment of the swap, with all that was written until then")
    default void bringsBackWhatWasWrittenMeanwhile() throws Exception {
        HostTrial trial = HostTrial.of(this);
        trial.done(RestoreHost::move, trial.call(1));
        trial.stage(trial.call(1), trial.restored());
        List<byte[]> written = others(trial, 200);
        assumeTrue(write(trial.host, database(), written), "not verified: the fixture changes no live file");
        trial.done(RestoreHost::fenceOld, trial.call(1));
        trial.done(RestoreHost::swap, trial.call(1));
        trial.assertLive(trial.restored());
        trial.done(RestoreHost::swapBack, trial.call(1));
        trial.assertLive(written);
    }

    @Test
    @DisplayName("HST-34 the old files are kept until release, also after open, and are gone after it")
    default void keepsTheOldFiles() throws Exception {
        HostTrial trial = HostTrial.of(this);
        assumeTrue(keepsOldFiles(trial.host, database()).isPresent(), "not verified: the fixture sees no old files");
        assertThat(keepsOldFiles(trial.host, database())).hasValue(false);
        trial.openUp(trial.call(1), trial.restored());
        assertThat(keepsOldFiles(trial.host, database())).hasValue(true);
        trial.done(RestoreHost::release, trial.call(1));
        assertThat(keepsOldFiles(trial.host, database())).hasValue(false);
    }

    @Test
    @DisplayName("HST-34 release empties the staging place, and going back after it changes no live file")
    default void letsGo() throws Exception {
        HostTrial trial = HostTrial.of(this);
        trial.openUp(trial.call(1), trial.restored());
        trial.done(RestoreHost::release, trial.call(1));
        try {
            assertThat(trial.answer(trial.host, RestoreHost::swapBack, trial.call(1)))
                    .isInstanceOfAny(HostAnswer.Done.class, HostAnswer.Failed.class);
        } catch (BackupException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
        trial.assertLive(trial.restored());
        assertNothingStaged(trial, trial.call("r2", "b1", 2));
    }

    @Test
    @DisplayName("HST-35 each restore has old files of its own: one that was left to a person hinders no later one")
    default void keepsRestoresApart() throws Exception {
        HostTrial trial = HostTrial.of(this);
        trial.openUp(trial.call(1), trial.restored());
        List<byte[]> later = others(trial, 300);
        RestoreCall second = trial.call("r2", "b2", 2);
        trial.swapIn(second, later);
        trial.assertLive(later);
        trial.done(RestoreHost::swapBack, second);
        trial.assertLive(trial.restored());
        trial.done((host, call) -> host.moveBack(call, DatabaseStatus.ACTIVE), second);
        RestoreCall third = trial.call("r3", "b2", 3);
        trial.openUp(third, later);
        trial.done(RestoreHost::release, third);
        trial.assertLive(later);
        for (boolean kept : keepsOldFiles(trial.host, database()).stream().toList()) {
            assertThat(kept).as("the first restore's old files are kept").isTrue();
        }
    }

    @Test
    @DisplayName("HST-36 a restore touches nothing of the database beside it, nor a restore there of this one")
    default void sparesTheNeighbour() throws Exception {
        HostTrial trial = HostTrial.of(this);
        RestoreCall beside = HostTrial.call(neighbour(), "r7", "b7", 1);
        trial.done(RestoreHost::move, beside);
        trial.stage(beside, others(trial, 400));
        trial.openUp(trial.call(1), trial.restored());
        trial.done(RestoreHost::release, trial.call(1));
        trial.assertLive(trial.restored());
        assertThat(HostTrial.prints(trial.staged(trial.host, beside))).isEqualTo(HostTrial.prints(others(trial, 400)));
        trial.done(RestoreHost::fenceOld, beside);
        trial.done(RestoreHost::swap, beside);
        trial.done(RestoreHost::swapBack, trial.call("r9", "b9", 2));
        assertThat(HostTrial.prints(live(trial.host, neighbour()))).isEqualTo(HostTrial.prints(others(trial, 400)));
        trial.done(RestoreHost::swapBack, beside);
        trial.assertLive(trial.restored());
    }
}
