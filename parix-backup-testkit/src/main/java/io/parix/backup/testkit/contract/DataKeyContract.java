package io.parix.backup.testkit.contract;

import static io.parix.backup.testkit.contract.KeyTrial.secret;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.DatabaseId;
import io.parix.backup.host.DataKey;
import io.parix.backup.host.KeyPort;
import io.parix.backup.host.WrappedKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Requirements KEY-01, KEY-02 and KEY-07 to KEY-10: what a data key is, and for whom it opens. */
public interface DataKeyContract extends KeyPortFixture {
    @Test
    @DisplayName("KEY-01 what was given out opens to the same secret, stored as the same, as often as one asks")
    default void opensWhatItGave() throws Exception {
        KeyTrial trial = KeyTrial.of(this);
        List<DataKey> given = List.of(trial.fresh(), trial.fresh(), trial.fresh());
        for (int time = 0; time < 2; time++) {
            given.forEach(key -> trial.assertOpens(trial.port, key));
        }
    }

    private static void assertDistinct(List<DataKey> keys) {
        assertThat(keys.stream().map(KeyTrial::secret))
                .as("secrets of data keys")
                .doesNotHaveDuplicates();
        assertThat(keys.stream().map(key -> key.wrapped().wrapped()))
                .as("what is stored of data keys")
                .doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("KEY-02 no two data keys are equal, neither their secrets nor what is stored, of one database or two")
    default void neverGivesOneTwice() throws Exception {
        KeyTrial trial = KeyTrial.of(this);
        List<DataKey> given = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            given.add(trial.fresh());
            given.add(KeyTrial.fresh(trial.port, neighbour()));
        }
        assertDistinct(given);
    }

    @Test
    @DisplayName("KEY-02 threads that ask at once get data keys of their own")
    default void neverGivesOneToTwoThreads() throws Exception {
        KeyTrial trial = KeyTrial.of(this);
        List<DataKey> given = new ArrayList<>();
        Callable<List<DataKey>> asker = () -> List.of(trial.fresh(), trial.fresh(), trial.fresh(), trial.fresh());
        Samples.race(List.of(asker, asker, asker, asker)).forEach(given::addAll);
        assertDistinct(given);
    }

    @Test
    @DisplayName("KEY-02 two processes get data keys of their own")
    default void neverGivesOneToTwoProcesses() throws Exception {
        KeyTrial trial = KeyTrial.of(this);
        KeyPort another = trial.another();
        List<DataKey> given = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            given.add(trial.fresh());
            given.add(KeyTrial.fresh(another, database()));
        }
        assertDistinct(given);
    }

    @Test
    @DisplayName("KEY-07 what was changed, cut or added to, or is under a key that never was, gives no key")
    default void opensNothingElse() throws Exception {
        KeyTrial trial = KeyTrial.of(this);
        DataKey key = trial.fresh();
        KeyTrial.forged(key.wrapped()).forEach(forged -> KeyTrial.refused(trial.port, database(), forged));
        trial.assertOpens(trial.port, key);
    }

    @Test
    @DisplayName("KEY-08 what is stored does not hold the secret")
    default void storesNoSecret() throws Exception {
        KeyTrial trial = KeyTrial.of(this);
        for (DataKey key : List.of(trial.fresh(), trial.fresh())) {
            WrappedKey stored = key.wrapped();
            assertThat(KeyTrial.holds(stored.bytes(), key))
                    .as("that the secret lies in the open")
                    .isFalse();
            assertThat(KeyTrial.shows(stored.id(), key))
                    .as("that the key's id shows the secret")
                    .isFalse();
        }
    }

    @Test
    @DisplayName("KEY-08 neither the port's text, nor a data key's, nor an exception's message shows a secret")
    default void saysNoSecret() throws Exception {
        KeyTrial trial = KeyTrial.of(this);
        DataKey key = trial.fresh();
        trial.assertOpens(trial.port, key);
        StringBuilder said = new StringBuilder(trial.port + "\n" + key + "\n" + key.wrapped() + "\n");
        KeyTrial.forged(key.wrapped())
                .forEach(forged -> said.append(KeyTrial.said(KeyTrial.refused(trial.port, database(), forged))));
        said.append(KeyTrial.said(KeyTrial.refused(trial.port, neighbour(), key.wrapped())));
        if (unreachable(trial.port)) {
            try {
                said.append(KeyTrial.said(unreached(trial.port, key)));
            } finally {
                reachable(trial.port);
            }
        }
        assertThat(KeyTrial.shows(said.toString(), key))
                .as("that a secret is shown")
                .isFalse();
    }

    private @Nullable RuntimeException unreached(KeyPort port, DataKey key) {
        try {
            var unused = port.open(database(), key.wrapped());
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }

    @Test
    @DisplayName("KEY-09 a data key of one database does not open for another")
    default void opensForItsDatabase() throws Exception {
        KeyTrial trial = KeyTrial.of(this);
        DataKey key = trial.fresh();
        for (KeyPort each : trial.processes()) {
            KeyTrial.refused(each, neighbour(), key.wrapped());
            KeyTrial.refused(each, new DatabaseId("no-such-database"), key.wrapped());
        }
        trial.assertOpens(trial.port, key);
    }

    @Test
    @DisplayName("KEY-10 several may ask at once, and each gets what it asked for")
    default void servesManyAtOnce() throws Exception {
        KeyTrial trial = KeyTrial.of(this);
        DataKey shared = trial.fresh();
        List<Callable<String>> askers = new ArrayList<>();
        for (int lane = 0; lane < 4; lane++) {
            askers.add(() -> {
                DataKey own = trial.fresh();
                for (int i = 0; i < 5; i++) {
                    trial.assertOpens(trial.port, own);
                    trial.assertOpens(trial.port, shared);
                }
                return secret(own);
            });
        }
        assertThat(Samples.race(askers)).doesNotHaveDuplicates().doesNotContain(secret(shared));
    }
}
