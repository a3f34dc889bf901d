package io.parix.backup.core.eligibility;

import io.parix.backup.Check;
import io.parix.backup.core.check.Condition;
import io.parix.backup.core.profile.ProfileValue;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** E4: restore metadata was captured, every value of it (spec C2). */
final class MetadataCheck implements RestoreCheck {
    private static final Condition CONDITION = new Condition("E4", "metadata-captured");

    @Override
    public Check check(BackupFacts backup, CurrentFacts current) {
        int all = ProfileValue.values().length;
        List<ProfileValue> missing = Arrays.stream(ProfileValue.values())
                .filter(value -> value.of(backup.profile()).isEmpty())
                .toList();
        String found = (all - missing.size()) + " of " + all + " values";
        if (missing.isEmpty()) {
            return CONDITION.holds("every value", found, "The restore metadata was captured.");
        }
        if (missing.size() == all) {
            return CONDITION.fails("metadata-not-captured", "every value", found, "No restore metadata was captured.");
        }
        String names = missing.stream().map(ProfileValue::words).collect(Collectors.joining(", "));
        return CONDITION.fails(
                "metadata-incomplete",
                "every value",
                found,
                "Parts of the restore metadata were not captured: " + names + ".");
    }
}
