package io.parix.backup.core.eligibility;

import io.parix.backup.Check;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.core.check.Condition;
import io.parix.backup.host.DatabaseFacts.Live;
import java.util.Set;
import java.util.stream.Collectors;

/** F3: the database has a status from which the host lets a restore start. */
final class StatusCheck implements RestoreCheck {
    private static final Condition CONDITION = new Condition("F3", "status-restorable");

    @Override
    public Check check(BackupFacts backup, CurrentFacts current) {
        Set<DatabaseStatus> from = current.restorableFrom();
        if (from == null) {
            return CONDITION.fails(
                    "restorable-statuses-not-known",
                    "not known",
                    "not looked at",
                    "The host cannot say in which statuses of the database a restore may start.");
        }
        String expected = from.stream().map(DatabaseStatus::code).sorted().collect(Collectors.joining(", "));
        if (!(current.database() instanceof Live live)) {
            return CONDITION.fails(
                    "no-current-profile",
                    expected,
                    "no profile",
                    "The database has no current profile to restore into.");
        }
        DatabaseStatus status = live.profile().status();
        if (from.contains(status)) {
            return CONDITION.holds(
                    expected, status.code(), "A restore may start while the database is " + status + ".");
        }
        return CONDITION.fails(
                "status-not-restorable",
                expected,
                status.code(),
                "The database is " + status + "; a restore may start while it is " + expected + ".");
    }
}
