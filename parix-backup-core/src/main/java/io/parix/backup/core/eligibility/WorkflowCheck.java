package io.parix.backup.core.eligibility;

import io.parix.backup.Check;
import io.parix.backup.RestoreId;
import io.parix.backup.Workflow;
import io.parix.backup.WorkflowKind;
import io.parix.backup.core.check.Condition;
import io.parix.backup.host.DatabaseFacts.Live;
import io.parix.backup.host.DatabaseFacts.Unknown;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** E13: no workflow is active for the database, other than this restore itself. */
final class WorkflowCheck implements RestoreCheck {
    private static final Condition CONDITION = new Condition("E13", "no-active-workflow");

    @Override
    public Check check(BackupFacts backup, CurrentFacts current) {
        List<Workflow> active = others(current);
        if (!active.isEmpty()) {
            String found = active.stream().map(Workflow::toString).collect(Collectors.joining(", "));
            return CONDITION.fails(
                    "workflow-active",
                    "none",
                    found,
                    "Something else is at work on the database: " + found + ". A restore can start once it has ended.");
        }
        if (current.database() instanceof Unknown unknown) {
            return CONDITION.fails(
                    "workflows-not-known",
                    "none",
                    "not known",
                    "Whether the host works on the database is not known: " + unknown.reason());
        }
        return CONDITION.holds("none", "none", "Nothing else is at work on the database.");
    }

    private static List<Workflow> others(CurrentFacts current) {
        List<Workflow> ofHost =
                current.database() instanceof Live live ? live.profile().workflows() : List.of();
        RestoreId self = current.self();
        return Stream.concat(current.active().stream(), ofHost.stream())
                .filter(workflow -> self == null || !workflow.equals(new Workflow(WorkflowKind.RESTORE, self.value())))
                .distinct()
                .toList();
    }
}
