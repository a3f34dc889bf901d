package io.parix.backup.core.profile;

import io.parix.backup.CapturedProfile;
import io.parix.backup.Check;
import io.parix.backup.DatabaseProfile;
import io.parix.backup.Report;
import io.parix.backup.core.check.Condition;
import java.util.Arrays;

/** Whether a database stayed what it was while its images were taken; where it did not, the attempt is discarded. */
public final class ProfileChange {
    private ProfileChange() {}

    /**
     * Compares every value that a backup captures.
     *
     * @param before the profile read before the images were asked for
     * @param after the profile read once they were there
     * @return one check of rule C2 per value, in the order of {@link ProfileValue}; a changed one fails with
     *     {@code <value>-changed}
     */
    public static Report between(DatabaseProfile before, DatabaseProfile after) {
        CapturedProfile was = CapturedProfile.of(before);
        CapturedProfile is = CapturedProfile.of(after);
        return new Report(Arrays.stream(ProfileValue.values())
                .map(value -> check(value, was, is))
                .toList());
    }

    private static Check check(ProfileValue value, CapturedProfile was, CapturedProfile is) {
        Condition condition = new Condition("C2", value.code());
        String before = value.of(was).orElse("");
        String after = value.of(is).orElse("");
        if (before.equals(after)) {
            return condition.holds(before, after, "The " + value.words() + " stayed " + after + ".");
        }
        return condition.fails(
                value.code() + "-changed",
                before,
                after,
                "The " + value.words() + " changed from " + before + " to " + after + " while the images were taken.");
    }
}
