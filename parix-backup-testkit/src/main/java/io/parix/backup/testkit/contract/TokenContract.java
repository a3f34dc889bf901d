package io.parix.backup.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parix.backup.BackupException;
import io.parix.backup.DatabaseId;
import io.parix.backup.host.HostAnswer;
import io.parix.backup.host.RestoreCall;
import io.parix.backup.host.RestoreHost;
import io.parix.backup.host.StagedFile;
import io.parix.backup.host.Staging;
import io.parix.backup.host.StaleFenceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Requirements HST-01 to HST-05: who may act on a database. */
public interface TokenContract extends RestoreHostFixture {
    /** Every method that carries a token, by its name. */
    private static Map<String, HostTrial.Step> all(int replicas) {
        Map<String, HostTrial.Step> all = new TreeMap<>(HostTrial.STEPS);
        all.put("stage", (host, call) -> {
            try {
                host.stage(call, replicas).close();
                return HostAnswer.done();
            } catch (IOException e) {
                return HostAnswer.failed(String.valueOf(e));
            }
        });
        return all;
    }

    private static void assertStale(RestoreHost host, HostTrial.Step step, RestoreCall call) {
        assertThatThrownBy(() -> step.ask(host, call)).isInstanceOf(StaleFenceException.class);
    }

    @Test
    @DisplayName("HST-01 every step refuses a token below the highest seen and changes nothing; the same token passes")
    default void refusesOlderTokens() throws Exception {
        HostTrial trial = HostTrial.of(this);
        trial.swapIn(trial.call(5), trial.restored());
        Optional<Boolean> running = running(trial.host, database());
        Object facts =
                directory(trial.host).<Object>map(d -> d.look(database())).orElse("not told");
        all(trial.replicas).forEach((name, step) -> assertStale(trial.host, step, trial.call(4)));
        all(trial.replicas).forEach((name, step) -> assertStale(trial.host, step, trial.call("r2", "b2", 4)));
        trial.assertLive(trial.restored());
        assertThat(running(trial.host, database())).isEqualTo(running);
        assertThat(directory(trial.host).<Object>map(d -> d.look(database())).orElse("not told"))
                .isEqualTo(facts);
        trial.done(RestoreHost::swapBack, trial.call(5));
        trial.assertUntouched();
    }

    @Test
    @DisplayName("HST-01 a token is seen with whichever step it comes first, whatever became of that step")
    default void seesTokensInEveryStep() throws Exception {
        int replicas = HostTrial.of(this).replicas;
        for (Map.Entry<String, HostTrial.Step> each : all(replicas).entrySet()) {
            HostTrial trial = HostTrial.of(this);
            var unused = trial.answer(trial.host, each.getValue(), trial.call(5));
            assertThat(catchThrowable(() -> trial.host.move(trial.call(4))))
                    .as("an older token after " + each.getKey())
                    .isInstanceOf(StaleFenceException.class);
            trial.done(RestoreHost::move, trial.call(6));
        }
    }

    @Test
    @DisplayName("HST-02 tokens are counted by database: a high one of one database keeps nobody from another")
    default void keepsTokensApart() throws Exception {
        HostTrial trial = HostTrial.of(this);
        trial.done(RestoreHost::move, trial.call(9));
        trial.done(RestoreHost::move, HostTrial.call(neighbour(), "r7", "b7", 1));
        assertStale(trial.host, RestoreHost::move, trial.call(8));
    }

    @Test
    @DisplayName("HST-03 the highest token outlives the process that saw it")
    default void keepsTokensForGood() throws Exception {
        HostTrial trial = HostTrial.of(this);
        trial.done(RestoreHost::move, trial.call(5));
        RestoreHost other = another(trial);
        assertStale(other, RestoreHost::swap, trial.call(4));
        trial.done(other, RestoreHost::move, trial.call(7));
        assertStale(trial.host, RestoreHost::move, trial.call(6));
    }

    private RestoreHost another(HostTrial trial) throws Exception {
        Optional<RestoreHost> other = again(trial.host);
        assumeTrue(other.isPresent(), "not verified: the fixture opens a host once only");
        return other.get();
    }

    @Test
    @DisplayName("HST-04 what an overtaken worker still has open cannot change a live file")
    default void closesOutLateWriters() throws Exception {
        HostTrial trial = HostTrial.of(this);
        try (Staging sleeping = trial.host.stage(trial.call(1), trial.replicas)) {
            StagedFile late = sleeping.open(0);
            HostTrial.fill(sleeping.open(1), trial.restored().get(1));
            trial.swapIn(trial.call(2), trial.restored());
            for (ThrowingConsumer<StagedFile> each : List.<ThrowingConsumer<StagedFile>>of(
                    file -> file.write(0, ByteBuffer.wrap(new byte[4_096])),
                    file -> file.write(4_096, ByteBuffer.allocateDirect(8_192)),
                    file -> file.setLength(1))) {
                refusedOrInVain(late, each);
            }
            trial.assertLive(trial.restored());
            refusedOrInVain(late, StagedFile::close);
        }
        trial.assertLive(trial.restored());
    }

    private static void refusedOrInVain(StagedFile file, ThrowingConsumer<StagedFile> late) {
        Throwable thrown = catchThrowable(() -> late.acceptThrows(file));
        if (thrown != null) {
            assertThat(thrown).isInstanceOfAny(IOException.class, BackupException.class);
        }
    }

    @Test
    @DisplayName("HST-05 a database that the host has not is refused by every step, and nothing is done")
    default void refusesUnknownDatabases() throws Exception {
        HostTrial trial = HostTrial.of(this);
        RestoreCall unknown = HostTrial.call(new DatabaseId("no-such-db"), "r1", "b1", 1);
        for (Map.Entry<String, HostTrial.Step> each : all(trial.replicas).entrySet()) {
            trial.refused(each.getValue(), unknown);
        }
        trial.assertUntouched();
        trial.done(RestoreHost::move, trial.call(1));
    }
}
