package io.parix.backup.core.availability;

import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Check;
import io.parix.backup.DatabaseProfile;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.Report;
import io.parix.backup.Workflow;
import io.parix.backup.WorkflowKind;
import io.parix.backup.core.availability.AvailabilityFacts.Permission;
import io.parix.backup.core.profile.ProfileValue;
import io.parix.backup.core.profile.Profiles;
import io.parix.backup.host.DatabaseFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AvailabilityTest {
    private static final DatabaseFacts LIVE = new DatabaseFacts.Live(Profiles.LEDGER);
    private static final DatabaseFacts DELETED = new DatabaseFacts.Deleted(Instant.parse("2026-03-01T12:00:00Z"));
    private static final DatabaseFacts UNKNOWN = new DatabaseFacts.Unknown("The directory timed out.");
    private static final Workflow IMPORT = new Workflow(WorkflowKind.IMPORT, "import-7");

    private static Report report(DatabaseFacts database, Workflow... active) {
        return Availability.report(
                new AvailabilityFacts(database, List.of(active), Set.of("aws", "local"), Permission.ALLOWED));
    }

    private static DatabaseFacts live(DatabaseProfile profile) {
        return new DatabaseFacts.Live(profile);
    }

    private static void failsOnly(Report report, String... codes) {
        assertThat(report.checks()).extracting(Check::rule).containsExactly("A1", "A1", "A1", "A3", "A3");
        assertThat(report.failures()).extracting(Check::code).containsExactly(codes);
        assertThat(report.checks())
                .allSatisfy(check -> assertThat(check.sentence()).endsWith("."));
    }

    @Test
    @DisplayName("A1 an active database where a provider serves can be backed up")
    void passes() {
        Report report = report(LIVE);

        failsOnly(report);
        assertThat(report.checks())
                .extracting(Check::code)
                .containsExactly("database-exists", "active", "provider-served", "no-active-workflow", "permitted");
    }

    @Test
    @DisplayName("A1 A2 a database that is not active is refused, saying what it is")
    void refusesWhatIsNotActive() {
        Report report = report(live(Profiles.in(DatabaseStatus.PROVISIONING)));

        failsOnly(report, "not-active");
        assertThat(report.failures().get(0).expected()).isEqualTo("active");
        assertThat(report.failures().get(0).found()).isEqualTo("provisioning");
    }

    @Test
    @DisplayName("A1 A2 a database on infrastructure that no provider serves is refused, naming both sides")
    void refusesWhatIsNotServed() {
        Report report = report(live(Profiles.withOther(ProfileValue.PROVIDER)));

        failsOnly(report, "provider-not-served");
        assertThat(report.failures().get(0).expected()).isEqualTo("aws, local");
        assertThat(report.failures().get(0).found()).isEqualTo("gcp");
    }

    @Test
    @DisplayName("A1 A2 where no provider is there at all, that is what the check says")
    void saysThatNoProviderIsThere() {
        Report report = Availability.report(new AvailabilityFacts(LIVE, List.of(), Set.of(), Permission.ALLOWED));

        failsOnly(report, "provider-not-served");
        assertThat(report.failures().get(0).expected()).isEqualTo("none is registered");
    }

    @Test
    @DisplayName("A1 a deleted database fails everything that needs its profile, each under its own code")
    void refusesWhatIsDeleted() {
        failsOnly(report(DELETED), "database-deleted", "status-not-known", "provider-not-known");
    }

    @Test
    @DisplayName("A1 a database that cannot be told fails everything that needs the host, each under its own code")
    void refusesWhatIsUnknown() {
        Report report = report(UNKNOWN);

        failsOnly(report, "database-unknown", "status-not-known", "provider-not-known", "workflows-not-known");
        assertThat(report.failures().get(0).sentence()).contains("The directory timed out.");
    }

    @ParameterizedTest
    @EnumSource(WorkflowKind.class)
    @DisplayName("A3 any workflow in the catalog refuses, naming its kind and owner")
    void refusesWhileTheCatalogHasAWorkflow(WorkflowKind kind) {
        Report report = report(LIVE, new Workflow(kind, "job-9"));

        failsOnly(report, "workflow-active");
        assertThat(report.failures().get(0).found()).isEqualTo(kind.code() + " (job-9)");
        assertThat(report.failures().get(0).sentence()).contains(kind.code(), "job-9");
    }

    @Test
    @DisplayName("A3 a workflow that only the host knows refuses as well")
    void refusesWhileTheHostHasAWorkflow() {
        Report report = report(live(Profiles.with(IMPORT)));

        failsOnly(report, "workflow-active");
        assertThat(report.failures().get(0).found()).isEqualTo("import (import-7)");
    }

    @Test
    @DisplayName("A3 a workflow that both know is named once, and one known of an unknown database is named")
    void namesEachWorkflowOnce() {
        assertThat(report(live(Profiles.with(IMPORT)), IMPORT).failures().get(0).found())
                .isEqualTo("import (import-7)");
        failsOnly(
                report(UNKNOWN, IMPORT),
                "database-unknown",
                "status-not-known",
                "provider-not-known",
                "workflow-active");
    }

    @Test
    @DisplayName("A2 an actor who may not is refused, and still sees everything else")
    void refusesWhoMayNot() {
        Report report =
                Availability.report(new AvailabilityFacts(UNKNOWN, List.of(IMPORT), Set.of(), Permission.DENIED));

        failsOnly(
                report,
                "database-unknown",
                "status-not-known",
                "provider-not-known",
                "workflow-active",
                "not-permitted");
        failsOnly(
                Availability.report(new AvailabilityFacts(LIVE, List.of(), Set.of("aws"), Permission.DENIED)),
                "not-permitted");
    }

    @Test
    @DisplayName("A2 whatever the facts, the report has the same rules in the same order and passes only if all hold")
    void holdsForAnyFacts() {
        Random random = new Random(20260301);
        Map<Boolean, Integer> seen = new TreeMap<>();
        for (int i = 0; i < 5_000; i++) {
            DatabaseFacts database = List.of(
                            LIVE,
                            LIVE,
                            live(Profiles.in(DatabaseStatus.PROVISIONING)),
                            live(Profiles.withOther(ProfileValue.PROVIDER)),
                            live(Profiles.with(IMPORT)),
                            DELETED,
                            UNKNOWN)
                    .get(random.nextInt(7));
            List<Workflow> active = random.nextInt(3) == 0 ? List.of(IMPORT) : List.of();
            Set<String> served = random.nextInt(3) == 0 ? Set.of("local") : Set.of("aws");
            Permission permission = random.nextInt(3) == 0 ? Permission.DENIED : Permission.ALLOWED;
            boolean expected = database.equals(LIVE)
                    && active.isEmpty()
                    && served.contains("aws")
                    && permission == Permission.ALLOWED;

            Report report = Availability.report(new AvailabilityFacts(database, active, served, permission));

            assertThat(report.checks()).extracting(Check::rule).containsExactly("A1", "A1", "A1", "A3", "A3");
            assertThat(report.passed())
                    .as("%s %s %s %s", database, active, served, permission)
                    .isEqualTo(expected);
            seen.merge(expected, 1, Integer::sum);
        }
        assertThat(new ArrayList<>(seen.keySet())).containsExactly(false, true);
    }
}
