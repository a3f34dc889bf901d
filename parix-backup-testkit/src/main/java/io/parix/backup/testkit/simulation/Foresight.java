package io.parix.backup.testkit.simulation;

import io.parix.backup.PendingRetention;
import io.parix.backup.RetentionDecision;
import io.parix.backup.RetentionDecision.Reason;
import io.parix.backup.RetentionPeriod;
import io.parix.backup.RetentionPreview;
import java.time.Instant;
import java.util.Optional;

/** Whether a preview tells what the period would do, by when backups were really complete (spec H9). */
final class Foresight {
    private final Truth truth;

    Foresight(Truth truth) {
        this.truth = truth;
    }

    /** What is wrong with a preview. */
    Optional<String> wrong(RetentionPreview preview, RetentionPeriod asked) {
        Instant settled = preview.before()
                .pendingChange()
                .map(PendingRetention::effectiveAt)
                .filter(preview.effectiveAt()::isBefore)
                .orElse(preview.effectiveAt());
        RetentionPeriod period = preview.after().inForceAt(settled).period();
        if (!period.equals(asked)) {
            return Optional.of("it is of " + period.code() + ", and " + asked.code() + " was asked for");
        }
        for (RetentionPreview.Database database : preview.databases()) {
            for (RetentionDecision each : database.removed()) {
                if (each.reason() == Reason.EXPIRED
                        && !isOver(each, period, settled).orElse(true)) {
                    return Optional.of(each + " though it is not over at " + settled + " under " + period.code());
                }
            }
            for (RetentionDecision each : database.spared()) {
                if (each.reason() == Reason.WITHIN_PERIOD
                        && isOver(each, period, settled).orElse(false)) {
                    return Optional.of(each + " though it is over at " + settled + " under " + period.code());
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Boolean> isOver(RetentionDecision decision, RetentionPeriod period, Instant at) {
        return truth.kept(decision.backup().value()).map(kept -> period.isOver(kept.completedAt(), at));
    }
}
