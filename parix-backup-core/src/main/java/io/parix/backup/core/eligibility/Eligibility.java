package io.parix.backup.core.eligibility;

import io.parix.backup.Check;
import io.parix.backup.Report;
import io.parix.backup.core.check.Condition;
import io.parix.backup.core.profile.ProfileValue;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.host.DatabaseFacts.Live;
import java.util.List;

/** Tells whether a backup may be restored now (spec E), and whether it was asked for by name (spec F1). */
public final class Eligibility {
    private static final Condition CONFIRMED = new Condition("F1", "name-confirmed");
    private static final Condition PERMITTED = new Condition("F1", "permitted");

    private static final List<RestoreCheck> CHECKS = List.of(
            new CompletedCheck(),
            new ArtifactsCheck(),
            new ReplicasCheck(),
            new MetadataCheck(),
            new ProfileCheck("E5", ProfileValue.REGION),
            new ProfileCheck("E6", ProfileValue.NODE_COUNT),
            new ProfileCheck("E7", ProfileValue.VCPU),
            new ProfileCheck("E8", ProfileValue.MEMORY),
            new ProfileCheck("E9", ProfileValue.STORAGE_TIER),
            new ProfileCheck("E9", ProfileValue.STORAGE_SIZE),
            new ProfileCheck("E10", ProfileValue.NETWORK_MODE),
            new ProfileCheck("E11", ProfileValue.DEVELOPMENT_MODE),
            new ProfileCheck("E12", ProfileValue.TIGERBEETLE_VERSION),
            new WorkflowCheck(),
            new RetentionCheck(),
            new StatusCheck());

    private Eligibility() {}

    /**
     * Looks at every rule; a fact that is missing fails its rule under a code of its own (spec E15).
     *
     * @param backup what is on record of the backup
     * @param current what the database is now
     * @return the checks of E1 to E14 (E9 for tier and for size) and of F3, always all, in this order; expected is the
     *     value captured, found the current one
     */
    public static Report report(BackupFacts backup, CurrentFacts current) {
        return new Report(
                CHECKS.stream().map(rule -> rule.check(backup, current)).toList());
    }

    /**
     * What speaks against a restore by whoever may not restore the database.
     *
     * @return the check of F1, failed
     */
    public static Check notPermitted() {
        return PERMITTED.fails("not-permitted", "allowed", "denied", "You may not restore this database.");
    }

    /**
     * Compares what the caller typed with the database's name, exactly. Asked before a job exists.
     *
     * @param typed what the caller typed
     * @param database what the host knows of the database
     * @return a check of F1; a failed one says neither the name, nor what was typed, nor whether the database exists
     */
    public static Check confirmation(String typed, DatabaseFacts database) {
        String expected = "the database's exact name";
        if (database instanceof Live live && live.profile().name().equals(typed)) {
            return CONFIRMED.holds(expected, "the same", "The restore was confirmed by the database's name.");
        }
        return CONFIRMED.fails(
                "name-not-confirmed",
                expected,
                "something else",
                "A restore replaces the database: confirm it by typing the database's exact name.");
    }
}
