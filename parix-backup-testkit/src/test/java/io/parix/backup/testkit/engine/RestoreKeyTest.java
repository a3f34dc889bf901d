package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.ACTOR;
import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static io.parix.backup.testkit.fault.Fault.strike;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.Backup;
import io.parix.backup.InvalidRequestException;
import io.parix.backup.JobStatus;
import io.parix.backup.Restore;
import io.parix.backup.RestoreAnswer;
import io.parix.backup.RestoreRequest;
import io.parix.backup.Workflow;
import io.parix.backup.WorkflowKind;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.host.AccessPolicy;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.testkit.fault.Effect;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestoreKeyTest {
    private final EngineFixture engine = new EngineFixture();
    private final Backup backup = engine.backup();

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    @DisplayName(
            "A4 F2 the same idempotency key gives the same restore while it is queued and after it ended; another key a new one")
    void sameKey() {
        Restore first = accepted(request(backup, "monday"));
        assertThat(accepted(request(backup, "monday")).id()).isEqualTo(first.id());
        engine.dispatcher.runUntilQuiet();

        Restore again = accepted(request(backup, "monday"));
        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again.status()).isEqualTo(JobStatus.COMPLETED);

        assertThat(accepted(request(backup, "tuesday")).id()).isNotEqualTo(first.id());
    }

    @Test
    @DisplayName("A4 a restart finds the restore that an earlier process asked for, at the step where it died")
    void afterRestart() {
        Restore first = accepted(request(backup, "monday"));
        SteppedDispatcher woken = new SteppedDispatcher(engine.clock);
        try (ParixBackup restarted =
                engine.engine(engine.catalog, engine.provider, woken, 8).start()) {
            RestoreAnswer found = restarted.restores().request(keyed(backup, EngineFixture.NAME, "monday"));
            assertThat(accepted(found).id()).isEqualTo(first.id());
            woken.tick();
            woken.runUntilQuiet();
            assertThat(restarted.restores().find(first.id()).orElseThrow().status())
                    .isEqualTo(JobStatus.COMPLETED);
        }
    }

    @Test
    @DisplayName("A4 without a key a restore that is under way refuses another one")
    void withoutKey() {
        accepted(engine.requestRestore(backup));

        assertThat(engine.requestRestore(backup)).isInstanceOf(RestoreAnswer.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"keyed", "occupant"})
    @DisplayName("A4 of two requests with one key that meet anywhere, both get the one job")
    void race(String moment) {
        AtomicReference<RestoreAnswer> other = new AtomicReference<>();
        Catalog slow = after(moment, () -> other.compareAndSet(null, request(backup, "monday")));
        SteppedDispatcher woken = new SteppedDispatcher(engine.clock);
        try (ParixBackup second = engine.engine(slow, engine.provider, woken, 8).start()) {
            Restore mine = accepted(second.restores().request(keyed(backup, EngineFixture.NAME, "monday")));

            assertThat(accepted(Objects.requireNonNull(other.get())).id()).isEqualTo(mine.id());
            assertThat(engine.catalog.occupant(DATABASE))
                    .contains(new Workflow(WorkflowKind.RESTORE, mine.id().value()));
        }
    }

    /** The fixture's catalog, where something happens right after each answer of one method. */
    private Catalog after(String method, Runnable meanwhile) {
        return engine.catalog(strike("Catalog." + method).with(Effect.after("is overtaken", meanwhile)));
    }

    @Test
    @DisplayName("F1 A4 a key that was used does not open the restore under a wrong name")
    void keyNeedsTheName() {
        accepted(request(backup, "monday"));

        assertThat(engine.parix.restores().request(keyed(backup, EngineFixture.NAME + " ", "monday")))
                .isInstanceOf(RestoreAnswer.Refused.class);
    }

    @Test
    @DisplayName("A4 a key does not open another's restore to an actor who may not ask")
    void keyNeedsPermission() {
        accepted(request(backup, "monday"));
        engine.access = (actor, action, database) -> action != AccessPolicy.Action.REQUEST_RESTORE;

        assertThat(request(backup, "monday")).isInstanceOf(RestoreAnswer.Refused.class);
    }

    @Test
    @DisplayName("A4 I4 a key that made a restore of one backup is refused for another, naming both")
    void keyOfAnotherBackup() {
        Backup other = engine.backup();
        accepted(request(backup, "monday"));

        assertThatThrownBy(() -> request(other, "monday"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(backup.id().value())
                .hasMessageContaining(other.id().value());
    }

    private RestoreAnswer request(Backup of, String key) {
        return engine.parix.restores().request(keyed(of, EngineFixture.NAME, key));
    }

    private static RestoreRequest keyed(Backup of, String name, String key) {
        return new RestoreRequest(of.id(), name, ACTOR, key);
    }

    private static Restore accepted(RestoreAnswer answer) {
        return ((RestoreAnswer.Accepted) answer).restore();
    }
}
