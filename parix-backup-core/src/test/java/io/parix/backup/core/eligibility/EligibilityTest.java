package io.parix.backup.core.eligibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.CapturedProfile;
import io.parix.backup.Check;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.JobStatus;
import io.parix.backup.Report;
import io.parix.backup.RestoreId;
import io.parix.backup.Verification;
import io.parix.backup.VerificationLevel;
import io.parix.backup.Workflow;
import io.parix.backup.WorkflowKind;
import io.parix.backup.core.profile.ProfileValue;
import io.parix.backup.core.profile.Profiles;
import io.parix.backup.host.DatabaseFacts;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EligibilityTest {
    static final List<String> RULES = List.of(
            "E1", "E2", "E3", "E4", "E5", "E6", "E7", "E8", "E9", "E9", "E10", "E11", "E12", "E13", "E14", "F3");

    private static final Map<ProfileValue, String> RULE_OF = Map.of(
            ProfileValue.REGION, "E5",
            ProfileValue.NODE_COUNT, "E6",
            ProfileValue.VCPU, "E7",
            ProfileValue.MEMORY, "E8",
            ProfileValue.STORAGE_TIER, "E9",
            ProfileValue.STORAGE_SIZE, "E9",
            ProfileValue.NETWORK_MODE, "E10",
            ProfileValue.DEVELOPMENT_MODE, "E11",
            ProfileValue.TIGERBEETLE_VERSION, "E12");

    private final Facts facts = new Facts();

    /** The failures of the report as {@code rule code}, after a look at what every report must have. */
    private List<String> failures() {
        Report report = facts.report();
        assertThat(report.checks()).extracting(Check::rule).containsExactlyElementsOf(RULES);
        assertThat(report.checks()).allSatisfy(check -> {
            assertThat(check.expected()).isNotEmpty();
            assertThat(check.found()).isNotEmpty();
            assertThat(check.sentence()).endsWith(".");
        });
        return report.failures().stream().map(c -> c.rule() + " " + c.code()).toList();
    }

    private Check failure() {
        return facts.report().failures().get(0);
    }

    @Test
    @DisplayName("E a backup of which everything holds may be restored, and every check is listed")
    void passes() {
        assertThat(failures()).isEmpty();
        assertThat(facts.report().checks())
                .extracting(Check::code)
                .containsExactly(
                        "completed",
                        "artifacts-present",
                        "replicas-present",
                        "metadata-captured",
                        "region",
                        "node-count",
                        "vcpu",
                        "memory",
                        "storage-tier",
                        "storage-size",
                        "network-mode",
                        "development-mode",
                        "tigerbeetle-version",
                        "no-active-workflow",
                        "kept",
                        "status-restorable");
    }

    @ParameterizedTest
    @EnumSource(
            value = JobStatus.class,
            names = {"QUEUED", "RUNNING"})
    @DisplayName("E1 a backup that is not completed yet is refused")
    void refusesWhatIsNotCompleted(JobStatus status) {
        facts.status = status;
        assertThat(failures()).containsExactly("E1 backup-not-completed");
        assertThat(failure().found()).isEqualTo(status.code());
    }

    @Test
    @DisplayName("E1 a failed backup is refused, saying why it failed where that is known")
    void refusesWhatFailed() {
        facts.status = JobStatus.FAILED;
        assertThat(failures()).containsExactly("E1 backup-failed");

        facts.failure = Facts.failure("The store is gone.");
        assertThat(failures()).containsExactly("E1 backup-failed");
        assertThat(failure().sentence()).contains("provider-failed", "The store is gone.");
    }

    @Test
    @DisplayName("E2 missing artifacts are refused, naming what is missing and when that was seen")
    void refusesWhatIsMissing() {
        facts.presence = new Presence(Facts.NOON, Facts.MISSING, Set.of(0, 1, 2));
        assertThat(failures()).containsExactly("E2 artifacts-missing");
        assertThat(failure().sentence()).contains("Segment 3 is missing.");
        assertThat(failure().found()).contains("2026-03-01T12:00:00Z");
    }

    @Test
    @DisplayName("E2 a backup whose last verification failed is refused as damaged, though all of it is there")
    void refusesWhatIsDamaged() {
        facts.verification = Facts.DAMAGED;
        assertThat(failures()).containsExactly("E2 artifacts-damaged");
    }

    @Test
    @DisplayName("E2 C13 a backup whose key is lost says so, unless parts of it are missing as well")
    void refusesWhatCannotBeOpened() {
        Check lost = new Check("C4", "key-lost", Check.Outcome.FAIL, "replica-0.idx", "key-lost", "Key 7 is lost.");
        facts.presence = new Presence(Facts.NOON, new Report(List.of(lost)), Set.of(0, 1, 2));
        assertThat(failures()).containsExactly("E2 key-lost");
        assertThat(failure().sentence()).contains("Key 7 is lost.");

        facts.presence = new Presence(Facts.NOON, new Report(List.of(lost)).and(Facts.MISSING), Set.of(0, 1, 2));
        assertThat(failures()).containsExactly("E2 artifacts-missing");
        assertThat(failure().sentence()).contains("Key 7 is lost.", "Segment 3 is missing.");

        facts.presence = new Presence(Facts.NOON, Report.empty(), Set.of(0, 1, 2));
        facts.verification = new Verification(VerificationLevel.READ_BACK, Facts.NOON, new Report(List.of(lost)));
        assertThat(failures()).containsExactly("E2 key-lost");
    }

    @Test
    @DisplayName("E2 a backup that no verification has looked at passes on its presence")
    void needsNoVerification() {
        facts.verification = null;
        assertThat(failures()).isEmpty();
    }

    @Test
    @DisplayName("E2 E3 E15 a backup that nobody has looked for fails both, each under its own code")
    void refusesWhatNobodyLookedFor() {
        facts.presence = null;
        assertThat(failures()).containsExactly("E2 presence-unknown", "E3 replicas-unknown");

        facts.verification = Facts.DAMAGED;
        assertThat(failures()).containsExactly("E2 artifacts-damaged", "E3 replicas-unknown");
    }

    @Test
    @DisplayName("E3 a replica without its file is refused by its index")
    void refusesAMissingReplica() {
        facts.presence = new Presence(Facts.NOON, Report.empty(), Set.of(0, 2));
        assertThat(failures()).containsExactly("E3 replicas-missing");
        assertThat(failure().expected()).isEqualTo("3 files");
        assertThat(failure().found()).startsWith("2 files");
        assertThat(failure().sentence()).contains("replica 1.");
    }

    @Test
    @DisplayName("E3 the indexes count, not how many files there are")
    void countsIndexes() {
        facts.presence = new Presence(Facts.NOON, Report.empty(), Set.of(0, 1, 3));
        assertThat(failures()).containsExactly("E3 replicas-missing");

        facts.presence = new Presence(Facts.NOON, Report.empty(), Set.of(0));
        facts.replicaCount = 1;
        assertThat(failures()).isEmpty();
    }

    @Test
    @DisplayName("E3 E15 a replica count that was not captured fails under its own code")
    void refusesAnUnknownReplicaCount() {
        facts.replicaCount = null;
        assertThat(failures()).containsExactly("E3 replica-count-not-captured");

        facts.replicaCount = 0;
        assertThat(failures()).containsExactly("E3 replica-count-not-captured");
    }

    @ParameterizedTest
    @EnumSource(value = ProfileValue.class, mode = EnumSource.Mode.EXCLUDE, names = "PROVIDER")
    @DisplayName("E5 E6 E7 E8 E9 E10 E11 E12 one value that differs is exactly one failure, with both values")
    void refusesOneMismatch(ProfileValue value) {
        DatabaseFacts.Live other = new DatabaseFacts.Live(Profiles.withOther(value));
        facts.database = other;

        assertThat(failures()).containsExactly(RULE_OF.get(value) + " " + value.code() + "-mismatch");
        assertThat(failure().expected())
                .isEqualTo(value.of(CapturedProfile.of(Profiles.LEDGER)).orElseThrow());
        assertThat(failure().found())
                .isEqualTo(value.of(CapturedProfile.of(other.profile())).orElseThrow());
        assertThat(failure().sentence())
                .contains(failure().expected(), failure().found());
    }

    @ParameterizedTest
    @EnumSource(value = ProfileValue.class, mode = EnumSource.Mode.EXCLUDE, names = "PROVIDER")
    @DisplayName("E15 E4 one value that was not captured fails its own check and the completeness of the metadata")
    void refusesOneValueNotCaptured(ProfileValue value) {
        facts.profile = Profiles.capturedWithout(value);

        assertThat(failures())
                .containsExactly("E4 metadata-incomplete", RULE_OF.get(value) + " " + value.code() + "-not-captured");
        assertThat(failure().found()).isEqualTo("9 of 10 values");
        assertThat(failure().sentence()).contains(value.words());
    }

    @Test
    @DisplayName("E4 E15 a provider that was not captured is refused too, though no rule compares it")
    void refusesAProviderNotCaptured() {
        facts.profile = Profiles.capturedWithout(ProfileValue.PROVIDER);
        assertThat(failures()).containsExactly("E4 metadata-incomplete");
    }

    @Test
    @DisplayName("E4 E15 without any metadata, every rule that needs it fails under its own code")
    void refusesNoMetadataAtAll() {
        facts.profile = CapturedProfile.NONE;
        assertThat(failures())
                .containsExactly(
                        "E4 metadata-not-captured",
                        "E5 region-not-captured",
                        "E6 node-count-not-captured",
                        "E7 vcpu-not-captured",
                        "E8 memory-not-captured",
                        "E9 storage-tier-not-captured",
                        "E9 storage-size-not-captured",
                        "E10 network-mode-not-captured",
                        "E11 development-mode-not-captured",
                        "E12 tigerbeetle-version-not-captured");
    }

    @Test
    @DisplayName("E15 nothing captured and no profile to compare with is not two values that are the same")
    void nothingDoesNotEqualNothing() {
        facts.profile = CapturedProfile.NONE;
        facts.database = Facts.DELETED;
        assertThat(failures()).contains("E5 region-not-captured", "E12 tigerbeetle-version-not-captured");
    }

    @Test
    @DisplayName("E5 E13 of a database that cannot be told, nothing that needs it passes")
    void refusesAnUnknownDatabase() {
        facts.database = Facts.UNKNOWN;
        assertThat(failures())
                .containsExactly(
                        "E5 no-current-profile",
                        "E6 no-current-profile",
                        "E7 no-current-profile",
                        "E8 no-current-profile",
                        "E9 no-current-profile",
                        "E9 no-current-profile",
                        "E10 no-current-profile",
                        "E11 no-current-profile",
                        "E12 no-current-profile",
                        "E13 workflows-not-known",
                        "F3 no-current-profile");
        assertThat(failure().expected()).isEqualTo("eu-west-1");
    }

    @Test
    @DisplayName("E5 E13 a deleted database has no profile, and no workflow that could be unknown")
    void refusesADeletedDatabase() {
        facts.database = Facts.DELETED;
        assertThat(failures()).hasSize(10).doesNotContain("E13 workflows-not-known");
        assertThat(failures()).allMatch(failure -> failure.endsWith(" no-current-profile"));
    }

    @ParameterizedTest
    @EnumSource(WorkflowKind.class)
    @DisplayName("E13 any workflow refuses, whether the catalog or the host knows it, naming kind and owner")
    void refusesAWorkflow(WorkflowKind kind) {
        Workflow workflow = new Workflow(kind, "job-9");
        facts.active = List.of(workflow);
        assertThat(failures()).containsExactly("E13 workflow-active");
        assertThat(failure().found()).isEqualTo(kind.code() + " (job-9)");

        facts.active = List.of();
        facts.database = new DatabaseFacts.Live(Profiles.with(workflow));
        assertThat(failures()).containsExactly("E13 workflow-active");
    }

    @Test
    @DisplayName("E13 a restore that is checked again at its start does not stand in its own way, others do")
    void doesNotCountItself() {
        facts.self = new RestoreId("r1");
        facts.active = List.of(new Workflow(WorkflowKind.RESTORE, "r1"));
        assertThat(failures()).isEmpty();

        facts.active = List.of(new Workflow(WorkflowKind.RESTORE, "r2"));
        assertThat(failures()).containsExactly("E13 workflow-active");

        facts.active = List.of(new Workflow(WorkflowKind.BACKUP, "r1"));
        assertThat(failures()).containsExactly("E13 workflow-active");
    }

    @Test
    @DisplayName("E13 a workflow known of a database that cannot be told is named")
    void namesAWorkflowOfAnUnknownDatabase() {
        facts.database = Facts.UNKNOWN;
        facts.active = List.of(new Workflow(WorkflowKind.IMPORT, "i1"));
        assertThat(failures()).contains("E13 workflow-active").doesNotContain("E13 workflows-not-known");
    }

    @Test
    @DisplayName("E14 a backup that is due for clean-up or in it is refused, each under its own code")
    void refusesWhatIsCleanedUp() {
        facts.retained = Retained.DUE;
        assertThat(failures()).containsExactly("E14 clean-up-due");

        facts.retained = Retained.EXPIRING;
        assertThat(failures()).containsExactly("E14 being-cleaned-up");
    }

    @Test
    @DisplayName("F3 a restore starts only from the statuses that the host declares")
    void refusesOtherStatuses() {
        DatabaseStatus suspended = new DatabaseStatus("suspended");
        facts.database = new DatabaseFacts.Live(Profiles.in(suspended));
        assertThat(failures()).containsExactly("F3 status-not-restorable");
        assertThat(failure().expected()).isEqualTo("active");
        assertThat(failure().found()).isEqualTo("suspended");

        facts.restorableFrom = Set.of(suspended, DatabaseStatus.ACTIVE);
        assertThat(failures()).isEmpty();
    }
}
