package io.parix.backup.engine.page;

import io.parix.backup.Check;
import io.parix.backup.Report;
import io.parix.backup.core.eligibility.CurrentFacts;
import io.parix.backup.core.eligibility.Retained;
import io.parix.backup.core.retention.RetentionCandidate;
import io.parix.backup.core.retention.RetentionCandidate.Place;
import io.parix.backup.core.retention.RetentionCandidate.Stage;
import io.parix.backup.core.retention.RetentionRules;
import io.parix.backup.engine.restore.EligibilityCheck;
import java.util.List;

/** Whether a backup may be restored, by what is on record of it (spec D3); a request looks again, live. */
final class RecordedEligibility {
    private RecordedEligibility() {}

    static Report of(Glance.Known known, CurrentFacts current) {
        return EligibilityCheck.recorded(known.job(), retained(known), current).and(place(known.candidate()));
    }

    /** What cannot be told counts as kept unless its deletion was asked for, as it does for a request. */
    private static Retained retained(Glance.Known known) {
        if (known.candidate().stage() == Stage.EXPIRING) {
            return Retained.EXPIRING;
        }
        if (known.decision() == null) {
            return known.candidate().deletion() == null ? Retained.KEPT : Retained.DUE;
        }
        return RetentionRules.retained(known.candidate(), known.decision());
    }

    /** A restore never reads from a place that is not the registered one (spec C11). */
    private static Report place(RetentionCandidate candidate) {
        if (candidate.place() == Place.REGISTERED || candidate.stage() != Stage.COMPLETED) {
            return Report.empty();
        }
        return new Report(List.of(new Check(
                "C11",
                "location-changed",
                Check.Outcome.FAIL,
                "in the registered place",
                "in another place",
                "The backup lies in another place than the one registered for its database now; it is shown, and not"
                        + " touched.")));
    }
}
