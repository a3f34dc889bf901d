package io.parix.backup.core.eligibility;

import io.parix.backup.CapturedProfile;
import io.parix.backup.Check;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.ErrorCode;
import io.parix.backup.Failure;
import io.parix.backup.JobStatus;
import io.parix.backup.Report;
import io.parix.backup.RestoreId;
import io.parix.backup.Verification;
import io.parix.backup.VerificationLevel;
import io.parix.backup.Workflow;
import io.parix.backup.core.profile.Profiles;
import io.parix.backup.host.DatabaseFacts;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Facts under which everything passes, to be changed one by one. */
final class Facts {
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    static final Report MISSING = new Report(
            List.of(new Check("C4", "object-missing", Check.Outcome.FAIL, "there", "absent", "Segment 3 is missing.")));
    static final Presence PRESENT = new Presence(NOON, Report.empty(), Set.of(0, 1, 2));
    static final Verification WRITTEN = new Verification(VerificationLevel.WRITTEN, NOON, Report.empty());
    static final Verification DAMAGED = new Verification(VerificationLevel.READ_BACK, NOON, MISSING);
    static final DatabaseFacts LIVE = new DatabaseFacts.Live(Profiles.LEDGER);
    static final DatabaseFacts DELETED = new DatabaseFacts.Deleted(NOON);
    static final DatabaseFacts UNKNOWN = new DatabaseFacts.Unknown("The directory timed out.");

    JobStatus status = JobStatus.COMPLETED;

    @Nullable
    Failure failure;

    @Nullable
    Verification verification = WRITTEN;

    @Nullable
    Presence presence = PRESENT;

    @Nullable
    Integer replicaCount = 3;

    CapturedProfile profile = CapturedProfile.of(Profiles.LEDGER);
    Retained retained = Retained.KEPT;
    DatabaseFacts database = LIVE;
    List<Workflow> active = List.of();
    Set<DatabaseStatus> restorableFrom = Set.of(DatabaseStatus.ACTIVE);

    @Nullable
    RestoreId self;

    static Failure failure(String message) {
        return new Failure(ErrorCode.PROVIDER_FAILED, message, Report.empty(), NOON);
    }

    Report report() {
        return Eligibility.report(
                new BackupFacts(status, failure, verification, presence, replicaCount, profile, retained),
                new CurrentFacts(database, active, restorableFrom, self));
    }
}
