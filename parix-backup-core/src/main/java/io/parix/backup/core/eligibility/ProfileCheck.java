package io.parix.backup.core.eligibility;

import io.parix.backup.CapturedProfile;
import io.parix.backup.Check;
import io.parix.backup.core.check.Condition;
import io.parix.backup.core.profile.ProfileValue;
import io.parix.backup.host.DatabaseFacts.Live;
import java.util.Optional;

/** E5 to E12: a captured value and the current one are the same. */
final class ProfileCheck implements RestoreCheck {
    private final Condition condition;
    private final ProfileValue value;

    /** Compares {@code value} for {@code rule}. */
    ProfileCheck(String rule, ProfileValue value) {
        this.condition = new Condition(rule, value.code());
        this.value = value;
    }

    @Override
    public Check check(BackupFacts backup, CurrentFacts current) {
        Optional<String> captured = value.of(backup.profile());
        Optional<String> now = current.database() instanceof Live live
                ? value.of(CapturedProfile.of(live.profile()))
                : Optional.empty();
        if (captured.isEmpty()) {
            return condition.fails(
                    value.code() + "-not-captured",
                    "not captured",
                    now.orElse("no profile"),
                    "The backup did not capture the " + value.words() + ", so it cannot be compared.");
        }
        if (now.isEmpty()) {
            return condition.fails(
                    "no-current-profile",
                    captured.get(),
                    "no profile",
                    "The database has no current profile to compare the " + value.words() + " with.");
        }
        return compare(captured.get(), now.get());
    }

    private Check compare(String captured, String now) {
        if (captured.equals(now)) {
            return condition.holds(captured, now, "The " + value.words() + " is the same.");
        }
        return condition.fails(
                value.code() + "-mismatch",
                captured,
                now,
                "The " + value.words() + " was " + captured + " when the backup was made and is " + now + " now.");
    }
}
