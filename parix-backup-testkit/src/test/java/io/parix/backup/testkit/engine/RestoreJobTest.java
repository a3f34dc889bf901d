package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.ACTOR;
import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static io.parix.backup.testkit.fault.Fault.answer;
import static io.parix.backup.testkit.fault.Turns.first;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Backup;
import io.parix.backup.BackupAnswer;
import io.parix.backup.BackupEvent;
import io.parix.backup.ByteSize;
import io.parix.backup.Check;
import io.parix.backup.DatabaseProfile;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.ErrorCode;
import io.parix.backup.JobStatus;
import io.parix.backup.Restore;
import io.parix.backup.RestoreAnswer;
import io.parix.backup.RestoreRequest;
import io.parix.backup.Workflow;
import io.parix.backup.WorkflowKind;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.host.HostAnswer;
import io.parix.backup.testkit.fault.Damage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestoreJobTest {
    private final EngineFixture engine = new EngineFixture();
    private List<byte[]> saved = List.of();
    private Backup backup;

    @BeforeEach
    void backUpThenLose() {
        backup = engine.backup();
        saved = copies();
        engine.host.files(
                DATABASE, saved.stream().map(file -> new byte[file.length]).toList());
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    @DisplayName("F2 F3 F7 a restore puts every file back byte for byte, in the order of the port")
    void restores() {
        Restore restore = engine.restore(backup);

        assertThat(restore.status()).isEqualTo(JobStatus.COMPLETED);
        assertFilesAre(saved);
        assertThat(profile().status()).isEqualTo(DatabaseStatus.ACTIVE);
        assertThat(engine.host.running(DATABASE)).isTrue();
        assertThat(engine.host.keepsOldFiles(DATABASE)).isFalse();
        assertThat(stepsOf(restore))
                .containsExactly("move", "stage", "fenceOld", "swap", "start", "confirm", "open", "release");
        assertThat(engine.kinds()).contains(BackupEvent.Kind.RESTORE_REQUESTED, BackupEvent.Kind.RESTORE_COMPLETED);
    }

    @Test
    @DisplayName("F1 any other name is refused before a job exists")
    void wrongName() {
        RestoreAnswer answer =
                engine.parix.restores().request(RestoreRequest.of(backup.id(), EngineFixture.NAME + " ", ACTOR));

        assertThat(codes(answer)).containsExactly("name-not-confirmed");
        assertThat(engine.catalog.occupant(DATABASE)).isEmpty();
        assertThat(engine.asked()).noneMatch(entry -> entry.startsWith("move"));
    }

    @Test
    @DisplayName("F1 an actor who may not restore is refused")
    void notPermitted() {
        engine.access = (actor, action, database) -> false;

        assertThat(codes(engine.requestRestore(backup))).containsExactly("not-permitted");
    }

    @Test
    @DisplayName("E13 a restore is refused while another workflow is active")
    void anotherWorkflow() {
        engine.parix.occupy(DATABASE, new Workflow(WorkflowKind.IMPORT, "import-1"));

        assertThat(codes(engine.requestRestore(backup))).containsExactly("workflow-active");
    }

    @Test
    @DisplayName("A3 no backup is accepted while a restore is queued")
    void backupDuringRestore() {
        engine.requestRestore(backup);

        assertThat(engine.request()).isInstanceOf(BackupAnswer.Refused.class);
    }

    @Test
    @DisplayName("F2 eligibility is checked again when the restore starts")
    void checkedAgainAtStart() {
        Restore asked = ((RestoreAnswer.Accepted) engine.requestRestore(backup)).restore();
        engine.host.change(DATABASE, p -> Profiles.inRegion(p, "eu-west-1"));

        engine.dispatcher.runUntilQuiet();

        Restore failed = engine.parix.restores().find(asked.id()).orElseThrow();
        assertThat(failed.failed().orElseThrow().code()).isEqualTo(ErrorCode.NOT_ELIGIBLE);
        assertThat(failed.failed().orElseThrow().report().failures())
                .extracting(Check::code)
                .containsExactly("region-mismatch");
        assertThat(engine.asked()).noneMatch(entry -> entry.startsWith("move"));
    }

    @Test
    @DisplayName("D3 E2 a request looks at storage itself: a missing object is named, which the page offers until then")
    void missingObject() {
        engine.store().keys().stream()
                .filter(key -> key.value().endsWith(".seg"))
                .forEach(engine.store()::lose);

        assertThat(engine.parix
                        .backupsPage()
                        .page(PageFixture.request())
                        .rows()
                        .get(0)
                        .restorable())
                .isTrue();
        assertThat(codes(engine.requestRestore(backup))).contains("artifacts-missing");
        assertThat(engine.parix
                        .backupsPage()
                        .page(PageFixture.request())
                        .rows()
                        .get(0)
                        .restorable())
                .isFalse();
    }

    @Test
    @DisplayName(
            "D3 E2 F2 what is lost after the request, and no page has noticed, is seen at the start: nothing is moved")
    void lostBeforeTheStart() {
        Restore asked = ((RestoreAnswer.Accepted) engine.requestRestore(backup)).restore();
        engine.store().keys().stream()
                .filter(key -> key.value().endsWith(".seg"))
                .forEach(engine.store()::lose);

        engine.dispatcher.runUntilQuiet();

        Restore failed = engine.parix.restores().find(asked.id()).orElseThrow();
        assertThat(failed.failed().orElseThrow().report().failures())
                .extracting(Check::code)
                .contains("artifacts-missing");
        assertThat(engine.asked()).noneMatch(entry -> entry.startsWith("move"));
    }

    @Test
    @DisplayName("F4 damage that appears between the check and the download leaves the live database as it was")
    void damageWhileStaging() {
        List<byte[]> live = copies();
        engine.store().keys().stream()
                .filter(key -> key.value().endsWith(".seg"))
                .forEach(key -> engine.store().damage(key, Damage.flip(64)));

        Restore failed = engine.restore(backup);

        assertThat(failed.failed().orElseThrow().code()).isEqualTo(ErrorCode.OBJECT_CORRUPT);
        assertFilesAre(live);
        assertThat(profile().status()).isEqualTo(DatabaseStatus.ACTIVE);
        assertThat(stepsOf(failed)).containsExactly("move", "stage", "moveBack");
    }

    @Test
    @DisplayName("F4 a staging place without room is refused before anything is written")
    void noRoom() {
        engine.host.free(ByteSize.mebibytes(1).bytes() / 4);

        Restore failed = engine.restore(backup);

        assertThat(failed.failed().orElseThrow().code()).isEqualTo(ErrorCode.STAGING_FAILED);
        assertThat(profile().status()).isEqualTo(DatabaseStatus.ACTIVE);
    }

    @Test
    @DisplayName("F7 where the fence is not confirmed nothing is swapped")
    void fenceNotConfirmed() {
        engine.faults.add(answer("fenceOld", first(1)).with(HostAnswer.failed("node 2 does not answer")));
        List<byte[]> live = copies();

        Restore failed = engine.restore(backup);

        assertThat(failed.failed().orElseThrow().code()).isEqualTo(ErrorCode.FENCE_NOT_CONFIRMED);
        assertThat(stepsOf(failed)).doesNotContain("swap", "start").endsWith("moveBack");
        assertFilesAre(live);
        assertThat(profile().status()).isEqualTo(DatabaseStatus.ACTIVE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"move", "swap", "start", "confirm"})
    @DisplayName("F4 F5 a step that fails before open goes back: old files, old status, serving")
    void goesBack(String step) {
        engine.faults.add(answer("RestoreHost." + step, first(1)).with(HostAnswer.failed("no")));
        List<byte[]> live = copies();

        Restore failed = engine.restore(backup);

        assertThat(failed.status()).isEqualTo(JobStatus.FAILED);
        assertThat(failed.failed().orElseThrow().code()).isEqualTo(ErrorCode.HOST_FAILED);
        assertFilesAre(live);
        assertThat(profile().status()).isEqualTo(DatabaseStatus.ACTIVE);
        assertThat(engine.host.running(DATABASE)).isTrue();
        assertThat(engine.catalog.occupant(DATABASE)).isEmpty();
        assertThat(engine.kinds()).contains(BackupEvent.Kind.RESTORE_FAILED);
    }

    @Test
    @DisplayName("F5 F7 restored replicas that may have started are fenced before the old files come back")
    void fencesRestoredFirst() {
        engine.faults.add(answer("confirm", first(1)).with(HostAnswer.failed("no quorum")));

        Restore failed = engine.restore(backup);

        assertThat(stepsOf(failed)).endsWith("confirm", "fenceRestored", "swapBack", "moveBack");
    }

    @Test
    @DisplayName("F5 once open is intended a failure needs an operator, and the old files are kept")
    void openFails() {
        failsForGood("open");

        Restore failed = engine.restore(backup);

        assertThat(failed.status()).isEqualTo(JobStatus.FAILED);
        assertThat(failed.progress().phase()).isEqualTo("needs-operator");
        assertThat(engine.host.keepsOldFiles(DATABASE)).isTrue();
        assertThat(stepsOf(failed)).doesNotContain("swapBack", "fenceRestored");
        assertThat(engine.kinds()).contains(BackupEvent.Kind.RESTORE_NEEDS_OPERATOR);
    }

    @Test
    @DisplayName("B8 F3 a host that is not done yet is asked again later, and says why it waits")
    void hostIsNotDoneYet() {
        engine.faults.add(
                answer("fenceOld", first(1)).with(HostAnswer.pending("draining node 1", Duration.ofMinutes(2))));
        Instant asked = engine.clock.instant();

        Restore restore = engine.restore(backup);

        assertThat(restore.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(engine.clock.instant()).isAfterOrEqualTo(asked.plus(Duration.ofMinutes(2)));
    }

    @Test
    @DisplayName("F4 a restore that follows one which failed after staging continues what was staged")
    void continuesStaging() {
        engine.faults.add(answer("fenceOld", first(1)).with(HostAnswer.failed("later")));
        assertThat(engine.restore(backup).status()).isEqualTo(JobStatus.FAILED);
        int fetched = engine.faults.calls("get");

        Restore second = engine.restore(backup);

        assertThat(second.status()).isEqualTo(JobStatus.COMPLETED);
        assertFilesAre(saved);
        int fetchedAgain = engine.faults.calls("get") - fetched;
        assertThat(fetchedAgain).isLessThan(fetched);
    }

    @Test
    @DisplayName("E5 E6 E7 E8 E9 E10 E11 E12 without a current profile nothing is restored")
    void deletedDatabase() {
        engine.host.say(DATABASE, new DatabaseFacts.Deleted(engine.clock.instant()));

        assertThat(engine.parix.restores().eligibility(backup.id()).failures())
                .extracting(Check::code)
                .contains("no-current-profile");
    }

    @Test
    @DisplayName("F5 once open is intended a host that fails for a while is asked again, and the restore completes")
    void openFailsForAWhile() {
        engine.faults.add(answer("RestoreHost.open", first(1)).with(HostAnswer.failed("the load balancer refuses")));

        assertThat(engine.restore(backup).status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(profile().status()).isEqualTo(DatabaseStatus.ACTIVE);
    }

    /** As often as a step is asked from which there is no other way. */
    private void failsForGood(String step) {
        int tries = EngineSettings.defaults().retry().retries() + 1;
        engine.faults.add(answer("RestoreHost." + step, first(tries)).with(HostAnswer.failed("no")));
    }

    private List<byte[]> copies() {
        return engine.host.files(DATABASE).stream().map(byte[]::clone).toList();
    }

    private void assertFilesAre(List<byte[]> expected) {
        List<byte[]> live = engine.host.files(DATABASE);
        assertThat(live).hasSameSizeAs(expected);
        for (int i = 0; i < live.size(); i++) {
            assertThat(live.get(i)).as("replica %d", i).isEqualTo(expected.get(i));
        }
    }

    private DatabaseProfile profile() {
        return ((DatabaseFacts.Live) engine.host.look(DATABASE)).profile();
    }

    private List<String> stepsOf(Restore restore) {
        List<String> steps = new ArrayList<>();
        for (String entry : engine.asked()) {
            if (entry.endsWith(" " + restore.id())) {
                steps.add(entry.substring(0, entry.indexOf(' ')));
            }
        }
        return steps;
    }

    private static List<String> codes(RestoreAnswer answer) {
        return ((RestoreAnswer.Refused) answer)
                .report().failures().stream().map(Check::code).toList();
    }
}
