package io.parix.backup.core.protection;

import io.parix.backup.BackupId;
import io.parix.backup.Check;
import io.parix.backup.Protection.Newest;
import io.parix.backup.Report;
import io.parix.backup.ScheduleCard;
import io.parix.backup.core.check.Condition;
import io.parix.backup.core.protection.ProtectionFacts.Kept;
import io.parix.backup.host.DatabaseFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells what breaks the promise that a database can be restored, and what would in time (spec J2). */
public final class ProtectionRules {
    private static final String RULE = "J2";
    private static final Condition KNOWN = new Condition(RULE, "database-known");
    private static final Condition BACKED_UP = new Condition(RULE, "backed-up");
    private static final Condition INTACT = new Condition(RULE, "newest-intact");
    private static final Condition RECENT = new Condition(RULE, "newest-recent");
    private static final Condition ELIGIBLE = new Condition(RULE, "newest-eligible");
    private static final Condition MORE_THAN_ONE = new Condition(RULE, "more-than-one-restorable");
    private static final Condition SWEPT = new Condition(RULE, "clean-up-goes-on");

    private static final Duration OLDEST = Duration.ofDays(2);

    /** What a database keeps when its workflow ends: what is at work on it, and its status, pass by themselves. */
    private static final Set<String> LASTING = Set.of("E4", "E5", "E6", "E7", "E8", "E9", "E10", "E11", "E12");

    private ProtectionRules() {}

    /**
     * Looks at every condition that has a subject.
     *
     * @param facts what is known
     * @return the checks, in the order and with the codes that {@link io.parix.backup.Protection} names; what fails breaks the promise
     *     now, what warns would in time
     */
    public static Report report(ProtectionFacts facts) {
        Kept kept = facts.kept();
        Newest newest = kept.newest();
        List<Check> checks = new ArrayList<>();
        checks.add(known(facts.database()));
        checks.add(backedUp(kept));
        checks.add(intact(kept.damaged()));
        if (newest != null) {
            checks.add(recent(newest, facts.schedule()));
            if (facts.database() instanceof DatabaseFacts.Live) {
                checks.add(eligible(kept.eligibility()));
            }
            checks.add(moreThanOne(kept.restorable()));
        }
        if (!(facts.database() instanceof DatabaseFacts.Deleted)) {
            checks.addAll(ScheduleChecks.of(facts.schedule(), facts.at()));
        }
        checks.add(swept(facts.cleanUpStopped()));
        return new Report(checks);
    }

    private static Check known(DatabaseFacts database) {
        String expected = "a database profile";
        if (database instanceof DatabaseFacts.Unknown unknown) {
            return KNOWN.fails(
                    "database-unknown",
                    expected,
                    "not known",
                    "The database directory cannot say what this database is: " + unknown.reason());
        }
        if (database instanceof DatabaseFacts.Deleted deleted) {
            return KNOWN.fails(
                    "database-deleted",
                    expected,
                    "deleted",
                    "The database was deleted at " + deleted.at() + "; its backups stay until they expire.");
        }
        return KNOWN.holds(expected, "there", "The database exists.");
    }

    private static Check backedUp(Kept kept) {
        Newest newest = kept.newest();
        String expected = "a restorable backup";
        if (newest == null && kept.older()) {
            return BACKED_UP.fails(
                    "backup-not-known",
                    expected,
                    "not known",
                    "None of the newest backups is restorable; whether an older one is was not looked at.");
        }
        if (newest == null) {
            return BACKED_UP.fails("no-backup", expected, "none", "The database has no restorable backup.");
        }
        return BACKED_UP.holds(
                expected,
                newest.backup().id().value(),
                "There is a restorable backup, of " + newest.coveredUntil() + ".");
    }

    private static Check intact(@Nullable BackupId damaged) {
        if (damaged == null) {
            return INTACT.holds("not damaged", "not damaged", "The newest backup was not found damaged.");
        }
        return INTACT.fails(
                "newest-damaged",
                "not damaged",
                damaged.value(),
                "The newest backup, " + damaged + ", was found damaged; what was written since the one before is lost"
                        + " to a restore.");
    }

    private static Check recent(Newest newest, @Nullable ScheduleCard schedule) {
        Instant covered = newest.coveredUntil();
        Instant limit = schedule == null
                ? covered.plus(OLDEST)
                : covered.atZone(schedule.cadence().zone()).plusDays(2).toInstant();
        Duration most = Duration.between(covered, limit);
        String expected = "at most " + hours(most);
        String found = hours(newest.age());
        if (newest.age().compareTo(most) > 0) {
            return RECENT.fails(
                    "newest-older-than",
                    expected,
                    found,
                    "The newest restorable backup is " + found + " old: what was written since " + covered
                            + " cannot be brought back.");
        }
        return RECENT.holds(expected, found, "The newest restorable backup is recent.");
    }

    /** With the hour that has begun: what is over a bound of whole hours reads as over it. */
    private static String hours(Duration time) {
        long hours = time.plusHours(1).minusNanos(1).toHours();
        return hours == 1 ? "1 hour" : hours + " hours";
    }

    private static Check eligible(Report eligibility) {
        List<Check> against = eligibility.failures().stream()
                .filter(check -> LASTING.contains(check.rule()))
                .toList();
        String expected = "restorable into the database as it is";
        if (against.isEmpty()) {
            return ELIGIBLE.holds(expected, "it is", "The newest restorable backup fits the database as it is.");
        }
        return ELIGIBLE.fails(
                "newest-not-eligible",
                expected,
                String.join(", ", against.stream().map(Check::code).toList()),
                "The newest backup does not fit the database as it is now: " + new Report(against).reasons());
    }

    private static Check moreThanOne(int restorable) {
        if (restorable > 1) {
            return MORE_THAN_ONE.holds("2 or more", "2 or more", "There is more than one restorable backup.");
        }
        return MORE_THAN_ONE.warns(
                "only-one-restorable", "2 or more", "1", "Only one backup is restorable; nothing stands behind it.");
    }

    private static Check swept(@Nullable String stopped) {
        if (stopped == null) {
            return SWEPT.holds("going on", "going on", "Clean-up goes on.");
        }
        return SWEPT.warns("clean-up-stopped", "going on", "stopped", "Clean-up has stopped: " + stopped);
    }
}
