package io.parix.backup.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parix.backup.host.DataKey;
import io.parix.backup.host.KeyPort;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Requirements KEY-03 to KEY-06 and KEY-11: what becomes of data keys while the keys that wrap them come and go. */
public interface KeyRingContract extends KeyPortFixture {
    @Test
    @DisplayName("KEY-03 after a rotation data keys are wrapped under another key, and earlier ones still open")
    default void keepsOldKeys() throws Exception {
        KeyTrial trial = KeyTrial.of(this);
        DataKey first = trial.fresh();
        trial.rotate();
        DataKey second = trial.fresh();
        trial.rotate();
        DataKey third = trial.fresh();
        assertThat(List.of(first, second, third))
                .extracting(key -> key.wrapped().id())
                .doesNotHaveDuplicates();
        List.of(first, second, third).forEach(key -> trial.assertOpens(trial.port, key));
    }

    @Test
    @DisplayName("KEY-04 another process opens what this one gave out, and this one what another did")
    default void opensInAnotherProcess() throws Exception {
        KeyTrial trial = KeyTrial.of(this);
        KeyPort another = trial.another();
        trial.assertOpens(another, trial.fresh());
        trial.assertOpens(trial.port, KeyTrial.fresh(another, database()));
        if (rotate(trial.port)) {
            trial.assertOpens(another, trial.fresh());
        }
    }

    @Test
    @DisplayName("KEY-05 what a destroyed key wrapped answers empty, in every process, and all else still opens")
    default void tellsWhatIsLost() throws Exception {
        KeyTrial trial = KeyTrial.of(this);
        DataKey first = trial.fresh();
        trial.rotate();
        DataKey lost = trial.fresh();
        DataKey lostToo = trial.fresh();
        trial.rotate();
        DataKey last = trial.fresh();
        trial.assertOpens(trial.port, lost);
        trial.lose(lost);
        for (KeyPort each : trial.processes()) {
            assertThat(each.open(database(), lost.wrapped())).isEmpty();
            assertThat(each.open(database(), lostToo.wrapped())).isEmpty();
            trial.assertOpens(each, first);
            trial.assertOpens(each, last);
            trial.assertOpens(each, KeyTrial.fresh(each, database()));
        }
    }

    @Test
    @DisplayName("KEY-06 a port that cannot reach its keys raises whatever it is asked, and goes on when it can again")
    default void raisesWhatItCannotTell() throws Exception {
        KeyTrial trial = KeyTrial.of(this);
        DataKey key = trial.fresh();
        trial.assertOpens(trial.port, key);
        trial.cutOff();
        try {
            assertThatThrownBy(() -> trial.port.fresh(database()))
                    .isInstanceOf(RuntimeException.class)
                    .message()
                    .isNotBlank();
            assertThatThrownBy(() -> trial.port.open(database(), key.wrapped()))
                    .isInstanceOf(RuntimeException.class)
                    .message()
                    .isNotBlank();
        } finally {
            reachable(trial.port);
        }
        trial.assertOpens(trial.port, key);
        trial.assertOpens(trial.port, trial.fresh());
    }

    @Test
    @DisplayName("KEY-11 where nothing is to be sealed any more there is no data key, and what was sealed still opens")
    default void opensAfterTheLast() throws Exception {
        KeyTrial trial = KeyTrial.of(this);
        DataKey key = trial.fresh();
        assumeTrue(clear(trial.port), "not verified: the fixture cannot have exports lie in the clear");
        assertThat(trial.port.fresh(database())).isEmpty();
        assertThat(trial.port.fresh(neighbour())).isEmpty();
        trial.processes().forEach(each -> trial.assertOpens(each, key));
    }
}
