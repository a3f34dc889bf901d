package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.ACTOR;
import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Backup;
import io.parix.backup.BackupAnswer;
import io.parix.backup.BackupRequest;
import io.parix.backup.Check;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.Trigger;
import io.parix.backup.Workflow;
import io.parix.backup.WorkflowKind;
import io.parix.backup.host.AccessPolicy;
import io.parix.backup.host.DatabaseFacts;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BackupRequestTest {
    private final EngineFixture engine = new EngineFixture();

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    @DisplayName("A5 a job records who asked, why, and when")
    void recordsWhoWhyWhen() {
        Instant asked = engine.clock.instant();

        Backup backup = engine.backup();

        assertThat(backup.actor()).isEqualTo(ACTOR);
        assertThat(backup.trigger()).isEqualTo(Trigger.MANUAL);
        assertThat(backup.requestedAt()).isEqualTo(asked);
    }

    @Test
    @DisplayName("A2 every unmet condition is listed with code, expected, found and a sentence")
    void availabilityListsEverything() {
        engine.host.change(DATABASE, p -> Profiles.withStatus(p, DatabaseStatus.PROVISIONING));
        engine.parix.occupy(DATABASE, new Workflow(WorkflowKind.IMPORT, "import-9"));
        engine.access = (actor, action, database) -> false;

        List<Check> failures =
                engine.parix.backups().availability(DATABASE, ACTOR).failures();

        assertThat(failures).extracting(Check::code).containsExactly("not-active", "workflow-active", "not-permitted");
        assertThat(failures).allSatisfy(check -> assertThat(check.sentence()).isNotBlank());
    }

    @Test
    @DisplayName("A3 a second request is refused while a backup is active, naming it")
    void oneJobAtATime() {
        Backup first = ((BackupAnswer.Accepted) engine.request()).backup();

        BackupAnswer second = engine.request();

        assertThat(second)
                .isInstanceOfSatisfying(
                        BackupAnswer.Refused.class,
                        refused -> assertThat(refused.report().failures().get(0).found())
                                .contains(first.id().value()));
        engine.dispatcher.runUntilQuiet();
        assertThat(engine.request()).isInstanceOf(BackupAnswer.Accepted.class);
    }

    @Test
    @DisplayName("A3 a request is refused while the host holds the slot, and accepted once it is given back")
    void hostHoldsTheSlot() {
        Workflow resize = new Workflow(WorkflowKind.PROVISIONING, "resize-1");
        assertThat(engine.parix.occupy(DATABASE, resize)).isEmpty();
        assertThat(engine.request()).isInstanceOf(BackupAnswer.Refused.class);

        engine.parix.vacate(DATABASE, resize);

        assertThat(engine.request()).isInstanceOf(BackupAnswer.Accepted.class);
    }

    @Test
    @DisplayName("A1 an unknown database is refused, never taken for deleted")
    void unknownDatabase() {
        engine.host.say(DATABASE, new DatabaseFacts.Unknown("the directory is down"));

        BackupAnswer answer = engine.request();

        assertThat(answer)
                .isInstanceOfSatisfying(
                        BackupAnswer.Refused.class,
                        refused -> assertThat(refused.report().failures())
                                .extracting(Check::code)
                                .contains("database-unknown"));
    }

    @Test
    @DisplayName("A4 the same idempotency key gives the same job, also after it ended; another key a new one")
    void idempotencyKey() {
        BackupRequest keyed = new BackupRequest(DATABASE, ACTOR, "monday");
        Backup first = ((BackupAnswer.Accepted) engine.parix.backups().request(keyed)).backup();
        assertThat(((BackupAnswer.Accepted) engine.parix.backups().request(keyed))
                        .backup()
                        .id())
                .isEqualTo(first.id());
        engine.dispatcher.runUntilQuiet();
        assertThat(((BackupAnswer.Accepted) engine.parix.backups().request(keyed))
                        .backup()
                        .id())
                .isEqualTo(first.id());

        BackupRequest other = new BackupRequest(DATABASE, ACTOR, "tuesday");

        assertThat(((BackupAnswer.Accepted) engine.parix.backups().request(other))
                        .backup()
                        .id())
                .isNotEqualTo(first.id());
    }

    @Test
    @DisplayName("A4 a key does not open another's job to an actor who may not ask")
    void keyNeedsPermission() {
        BackupRequest keyed = new BackupRequest(DATABASE, ACTOR, "monday");
        engine.parix.backups().request(keyed);
        engine.access = (actor, action, database) -> action != AccessPolicy.Action.REQUEST_BACKUP;

        assertThat(engine.parix.backups().request(keyed)).isInstanceOf(BackupAnswer.Refused.class);
    }
}
