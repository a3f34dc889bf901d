package io.parix.backup.core.availability;

import io.parix.backup.Check;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.Report;
import io.parix.backup.Workflow;
import io.parix.backup.core.availability.AvailabilityFacts.Permission;
import io.parix.backup.core.check.Condition;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.host.DatabaseFacts.Deleted;
import io.parix.backup.host.DatabaseFacts.Live;
import io.parix.backup.host.DatabaseFacts.Unknown;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells whether a backup can be asked for now (spec A1 to A3). */
public final class Availability {
    private static final Condition EXISTS = new Condition("A1", "database-exists");
    private static final Condition ACTIVE = new Condition("A1", "active");
    private static final Condition SERVED = new Condition("A1", "provider-served");
    private static final Condition FREE = new Condition("A3", "no-active-workflow");
    private static final Condition PERMITTED = new Condition("A3", "permitted");

    private Availability() {}

    /**
     * Looks at every condition.
     *
     * @param facts what is known
     * @return five checks, always all, in this order: the profile exists ({@code database-unknown},
     *     {@code database-deleted}), is active ({@code not-active}, {@code status-not-known}), runs where a provider
     *     serves ({@code provider-not-served}, {@code provider-not-known}), has no active workflow
     *     ({@code workflow-active}, {@code workflows-not-known}), and the actor may ask ({@code not-permitted})
     */
    public static Report report(AvailabilityFacts facts) {
        return new Report(List.of(
                exists(facts.database()), active(facts), served(facts), free(facts), permitted(facts.permission())));
    }

    private static Check exists(DatabaseFacts database) {
        String expected = "a database profile";
        if (database instanceof Unknown unknown) {
            return EXISTS.fails(
                    "database-unknown",
                    expected,
                    "not known",
                    "The database directory cannot say what this database is: " + unknown.reason());
        }
        if (database instanceof Deleted deleted) {
            return EXISTS.fails(
                    "database-deleted", expected, "deleted", "The database was deleted at " + deleted.at() + ".");
        }
        return EXISTS.holds(expected, "there", "The database exists.");
    }

    private static Check active(AvailabilityFacts facts) {
        String expected = DatabaseStatus.ACTIVE.code();
        if (!(facts.database() instanceof Live live)) {
            return ACTIVE.fails("status-not-known", expected, "not known", "The database's status is not known.");
        }
        DatabaseStatus status = live.profile().status();
        if (status.equals(DatabaseStatus.ACTIVE)) {
            return ACTIVE.holds(expected, status.code(), "The database is active.");
        }
        return ACTIVE.fails(
                "not-active",
                expected,
                status.code(),
                "The database is " + status.code() + "; it can be backed up once it is active.");
    }

    private static Check served(AvailabilityFacts facts) {
        String expected =
                facts.served().isEmpty() ? "none is registered" : String.join(", ", new TreeSet<>(facts.served()));
        if (!(facts.database() instanceof Live live)) {
            return SERVED.fails(
                    "provider-not-known", expected, "not known", "The database's infrastructure is not known.");
        }
        String provider = live.profile().provider();
        if (facts.served().contains(provider)) {
            return SERVED.holds(expected, provider, "The backup provider " + provider + " serves the database.");
        }
        return SERVED.fails(
                "provider-not-served",
                expected,
                provider,
                "The database runs on " + provider + ", which no backup provider serves.");
    }

    private static Check free(AvailabilityFacts facts) {
        String expected = "none";
        List<Workflow> active = Stream.concat(facts.active().stream(), ofHost(facts.database()).stream())
                .distinct()
                .toList();
        if (!active.isEmpty()) {
            String found = active.stream().map(Workflow::toString).collect(Collectors.joining(", "));
            return FREE.fails(
                    "workflow-active",
                    expected,
                    found,
                    "Something else is at work on the database: " + found
                            + ". A backup can be made once it has ended.");
        }
        if (facts.database() instanceof Unknown) {
            return FREE.fails(
                    "workflows-not-known",
                    expected,
                    "not known",
                    "Whether the host works on the database is not known.");
        }
        return FREE.holds(expected, "none", "Nothing else is at work on the database.");
    }

    private static List<Workflow> ofHost(DatabaseFacts database) {
        return database instanceof Live live ? live.profile().workflows() : List.of();
    }

    private static Check permitted(Permission permission) {
        return switch (permission) {
            case ALLOWED -> PERMITTED.holds("allowed", "allowed", "You may back this database up.");
            case DENIED -> PERMITTED.fails("not-permitted", "allowed", "denied", "You may not back this database up.");
        };
    }
}
