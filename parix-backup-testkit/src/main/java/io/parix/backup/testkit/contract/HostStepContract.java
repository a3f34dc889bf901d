package io.parix.backup.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.parix.backup.DatabaseStatus;
import io.parix.backup.host.HostAnswer;
import io.parix.backup.host.RestoreCall;
import io.parix.backup.host.RestoreHost;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Requirements HST-06 to HST-16: what a step answers, and what it does to the profile and the replicas. */
public interface HostStepContract extends RestoreHostFixture {
    private static void twice(HostTrial trial, HostTrial.Step step) throws Exception {
        trial.done(step, trial.call(1));
        HostTrial.Files once = trial.files();
        trial.done(step, trial.call(1));
        trial.done(step, trial.call(1));
        assertThat(trial.files()).isEqualTo(once);
    }

    @Test
    @DisplayName("HST-06 going forward, each step asked again answers done again and does nothing more")
    default void isIdempotentForward() throws Exception {
        HostTrial trial = HostTrial.of(this);
        twice(trial, RestoreHost::move);
        trial.stage(trial.call(1), trial.restored());
        twice(trial, RestoreHost::fenceOld);
        for (HostTrial.Step step : List.<HostTrial.Step>of(
                RestoreHost::swap, RestoreHost::start, RestoreHost::confirm, RestoreHost::open, RestoreHost::release)) {
            twice(trial, step);
            trial.assertLive(trial.restored());
        }
    }

    @Test
    @DisplayName("HST-06 going back, each step asked again answers done again and does nothing more")
    default void isIdempotentBack() throws Exception {
        HostTrial trial = HostTrial.of(this);
        trial.swapIn(trial.call(1), trial.restored());
        trial.done(RestoreHost::start, trial.call(1));
        twice(trial, RestoreHost::fenceRestored);
        twice(trial, RestoreHost::swapBack);
        trial.assertUntouched();
        twice(trial, (host, call) -> host.moveBack(call, DatabaseStatus.ACTIVE));
        trial.assertUntouched();
    }

    @Test
    @DisplayName("HST-07 a step that several ask at once is done once, and all of them learn that it is")
    default void isDoneOnce() throws Exception {
        HostTrial trial = HostTrial.of(this);
        trial.done(RestoreHost::move, trial.call(1));
        trial.stage(trial.call(1), trial.restored());
        trial.done(RestoreHost::fenceOld, trial.call(1));
        assertThat(raced(trial, RestoreHost::swap)).containsOnly(HostAnswer.done());
        trial.assertLive(trial.restored());
        assertThat(raced(trial, RestoreHost::swapBack)).containsOnly(HostAnswer.done());
        trial.assertUntouched();
    }

    private static List<HostAnswer> raced(HostTrial trial, HostTrial.Step step) throws Exception {
        return Samples.race(IntStream.range(0, 4)
                .<Callable<HostAnswer>>mapToObj(i -> () -> trial.answer(trial.host, step, trial.call(1)))
                .toList());
    }

    @Test
    @DisplayName("HST-08 a step under way says what it waits for and when to look again, and is done in the end")
    default void saysWhatItWaitsFor() throws Exception {
        HostTrial trial = HostTrial.of(this, slowHost(), "whose steps take time");
        List<String> waited = new ArrayList<>();
        for (String name : List.of("move", "fenceOld", "swap", "start", "confirm", "open", "release")) {
            if (name.equals("fenceOld")) {
                trial.stage(trial.call(1), trial.restored());
            }
            HostTrial.Step step = Objects.requireNonNull(HostTrial.STEPS.get(name));
            HostAnswer first = step.ask(trial.host, trial.call(1));
            if (first instanceof HostAnswer.Pending pending) {
                HostTrial.assertTellsWhen(pending);
                waited.add(name);
            }
            trial.done(step, trial.call(1));
        }
        assertThat(waited).as("steps that took time").isNotEmpty();
        trial.assertLive(trial.restored());
    }

    @Test
    @DisplayName("HST-09 the statuses from which a restore may start are at least one, and the same at each call")
    default void saysWhereItStarts() throws Exception {
        RestoreHost host = host();
        Set<DatabaseStatus> statuses = host.restorableFrom();
        assertThat(statuses).isNotEmpty().doesNotContain(DatabaseStatus.PROVISIONING);
        assertThat(host.restorableFrom()).isEqualTo(statuses);
    }

    @Test
    @DisplayName("HST-10 move makes the profile provisioning, that of this database only")
    default void movesTheProfile() throws Exception {
        HostTrial trial = HostTrial.of(this);
        trial.assumeDirectory();
        assertThat(trial.status(database())).isEqualTo(DatabaseStatus.ACTIVE);
        trial.done(RestoreHost::move, trial.call(1));
        assertThat(trial.status(database())).isEqualTo(DatabaseStatus.PROVISIONING);
        assertThat(trial.status(neighbour())).isEqualTo(DatabaseStatus.ACTIVE);
    }

    @Test
    @DisplayName("HST-10 the old replicas go on serving while the profile moves and the files are staged")
    default void goesOnServing() throws Exception {
        HostTrial trial = HostTrial.of(this);
        trial.assumeRunningTold();
        trial.done(RestoreHost::move, trial.call(1));
        trial.stage(trial.call(1), trial.restored());
        trial.assertRunning();
    }

    @Test
    @DisplayName("HST-11 fenceOld is done when the old replicas have stopped, those of this database only")
    default void stopsTheOld() throws Exception {
        HostTrial trial = HostTrial.of(this);
        trial.assumeRunningTold();
        trial.done(RestoreHost::move, trial.call(1));
        trial.stage(trial.call(1), trial.restored());
        trial.done(RestoreHost::fenceOld, trial.call(1));
        trial.assertStopped();
        trial.done(RestoreHost::swap, trial.call(1));
        trial.assertStopped();
        assertThat(running(trial.host, neighbour())).hasValue(true);
    }

    @Test
    @DisplayName("HST-11 fenceOld is not done as long as a replica runs, or nobody can tell")
    default void doesNotGuess() throws Exception {
        HostTrial trial = HostTrial.of(this, unstoppableHost(), "a replica of which does not stop");
        trial.done(RestoreHost::move, trial.call(1));
        for (int i = 0; i < 3; i++) {
            assertThat(trial.host.fenceOld(trial.call(1))).isNotInstanceOf(HostAnswer.Done.class);
        }
        trial.assertUntouched();
    }

    @Test
    @DisplayName("HST-12 start is done when the restored replicas run, on the files that were staged")
    default void startsTheRestored() throws Exception {
        HostTrial trial = HostTrial.of(this);
        trial.assumeRunningTold();
        trial.swapIn(trial.call(1), trial.restored());
        trial.done(RestoreHost::start, trial.call(1));
        trial.assertRunning();
        trial.assertLive(trial.restored());
    }

    @Test
    @DisplayName("HST-12 none starts before all restored files are in place")
    default void startsTogether() throws Exception {
        HostTrial trial = HostTrial.of(this);
        trial.done(RestoreHost::move, trial.call(1));
        trial.stage(trial.call(1), trial.restored());
        trial.done(RestoreHost::fenceOld, trial.call(1));
        trial.refused(RestoreHost::start, trial.call(1));
        for (boolean running : running(trial.host, database()).stream().toList()) {
            assertThat(running).as("replicas run").isFalse();
        }
        mortal(trial.host)
                .ifPresent(dying -> assertThat(catchThrowable(() -> dying.swap(trial.call(1))))
                        .as("the death")
                        .isNotNull());
        trial.refused(RestoreHost::start, trial.call(1));
        trial.done(RestoreHost::swap, trial.call(1));
        trial.done(RestoreHost::start, trial.call(1));
    }

    @Test
    @DisplayName("HST-13 confirm is not done as long as the restored cluster does not work, and changes nothing")
    default void confirmsWhatWorks() throws Exception {
        HostTrial trial = HostTrial.of(this, unwellHost(), "whose restored replicas do not work");
        trial.swapIn(trial.call(1), trial.restored());
        trial.done(RestoreHost::start, trial.call(1));
        for (int i = 0; i < 3; i++) {
            assertThat(trial.host.confirm(trial.call(1))).isNotInstanceOf(HostAnswer.Done.class);
        }
        trial.assertLive(trial.restored());
        trial.done(RestoreHost::fenceRestored, trial.call(1));
        trial.done(RestoreHost::swapBack, trial.call(1));
        trial.assertUntouched();
    }

    @Test
    @DisplayName("HST-14 the profile is provisioning until open, which makes it active; release leaves it so")
    default void opensTheCluster() throws Exception {
        HostTrial trial = HostTrial.of(this);
        trial.assumeDirectory();
        trial.swapIn(trial.call(1), trial.restored());
        trial.done(RestoreHost::start, trial.call(1));
        trial.done(RestoreHost::confirm, trial.call(1));
        assertThat(trial.status(database())).isEqualTo(DatabaseStatus.PROVISIONING);
        trial.done(RestoreHost::open, trial.call(1));
        assertThat(trial.status(database())).isEqualTo(DatabaseStatus.ACTIVE);
        trial.done(RestoreHost::release, trial.call(1));
        assertThat(trial.status(database())).isEqualTo(DatabaseStatus.ACTIVE);
    }

    @Test
    @DisplayName("HST-15 fenceRestored is done at once where no restored replica was started")
    default void fencesNothing() throws Exception {
        HostTrial trial = HostTrial.of(this);
        trial.swapIn(trial.call(1), trial.restored());
        assertThat(trial.host.fenceRestored(trial.call(2))).isEqualTo(HostAnswer.done());
        trial.assertLive(trial.restored());
    }

    @Test
    @DisplayName("HST-15 fenceRestored is done when the restored replicas have stopped, those of this database only")
    default void stopsTheRestored() throws Exception {
        HostTrial trial = HostTrial.of(this);
        trial.assumeRunningTold();
        trial.swapIn(trial.call(1), trial.restored());
        trial.done(RestoreHost::start, trial.call(1));
        trial.done(RestoreHost::fenceRestored, trial.call(1));
        trial.assertStopped();
        assertThat(running(trial.host, neighbour())).hasValue(true);
    }

    private void goBack(HostTrial trial, DatabaseStatus before) throws Exception {
        trial.done((RestoreHost host, RestoreCall call) -> host.moveBack(call, before), trial.call(2));
    }

    @Test
    @DisplayName("HST-16 moveBack gives the profile the status that the restore began from, whichever that was")
    default void movesTheProfileBack() throws Exception {
        HostTrial trial = HostTrial.of(this);
        trial.assumeDirectory();
        trial.done(RestoreHost::move, trial.call(1));
        goBack(trial, new DatabaseStatus("suspended"));
        assertThat(trial.status(database())).isEqualTo(new DatabaseStatus("suspended"));
        goBack(trial, DatabaseStatus.ACTIVE);
        assertThat(trial.status(database())).isEqualTo(DatabaseStatus.ACTIVE);
        assertThat(trial.status(neighbour())).isEqualTo(DatabaseStatus.ACTIVE);
    }

    @Test
    @DisplayName("HST-16 after moveBack the old replicas run, whether they had been stopped or not")
    default void startsTheOldAgain() throws Exception {
        HostTrial stopped = HostTrial.of(this);
        stopped.assumeRunningTold();
        stopped.swapIn(stopped.call(1), stopped.restored());
        stopped.done(RestoreHost::swapBack, stopped.call(2));
        goBack(stopped, DatabaseStatus.ACTIVE);
        stopped.assertRunning();
        stopped.assertUntouched();
        HostTrial serving = HostTrial.of(this);
        serving.done(RestoreHost::move, serving.call(1));
        goBack(serving, DatabaseStatus.ACTIVE);
        serving.assertRunning();
    }
}
