package io.parix.backup.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Check;
import io.parix.backup.Report;
import io.parix.backup.Workflow;
import io.parix.backup.WorkflowKind;
import io.parix.backup.core.availability.Availability;
import io.parix.backup.core.availability.AvailabilityFacts;
import io.parix.backup.core.availability.AvailabilityFacts.Permission;
import io.parix.backup.host.DatabaseFacts;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SkipReasonsTest {
    private static List<String> codes(Workflow holder) {
        Report report = Availability.report(new AvailabilityFacts(
                new DatabaseFacts.Unknown("down"), List.of(holder), Set.of(), Permission.ALLOWED));
        Report reasons = SkipReasons.occupied(report, holder);
        assertThat(reasons.checks()).hasSameSizeAs(report.checks());
        return reasons.failures().stream().map(Check::code).toList();
    }

    @Test
    @DisplayName("G6 a backup that is still going is an overlap, any other workflow is called what it is")
    void overlap() {
        assertThat(codes(new Workflow(WorkflowKind.BACKUP, "b1")))
                .contains("overlap")
                .doesNotContain("workflow-active");
        for (WorkflowKind kind : WorkflowKind.values()) {
            if (kind != WorkflowKind.BACKUP) {
                assertThat(codes(new Workflow(kind, "w1")))
                        .contains("workflow-active")
                        .doesNotContain("overlap");
            }
        }
    }

    @Test
    @DisplayName("G5 long texts of a report are cut, at a whole character; those of 500 characters are not")
    void bounded() {
        assertThat(cut("x".repeat(500))).isEqualTo("x".repeat(500));
        assertThat(cut("x".repeat(501))).isEqualTo("x".repeat(500) + "…");
        assertThat(cut("x".repeat(499) + "\ud83d\ude00y")).isEqualTo("x".repeat(499) + "…");
    }

    private static String cut(String text) {
        Check check = new Check("A1", "code", Check.Outcome.FAIL, text, text, text);
        Check cut = SkipReasons.bounded(new Report(List.of(check))).checks().get(0);
        assertThat(List.of(cut.expected(), cut.found())).containsOnly(cut.sentence());
        return cut.sentence();
    }
}
