package io.parix.backup.core.retention;

import io.parix.backup.PendingRetention;
import io.parix.backup.RetentionPeriod;
import io.parix.backup.RetentionSetting;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When what ended at some instant is past its age, as the setting stands.
 *
 * @param at the first instant past it
 * @param period the period that is over then
 */
record Limit(Instant at, RetentionPeriod period) {

    /**
     * The earlier of two: the end of the period in force, and the end of the pending one, which nothing is past before it takes
     * effect. Empty where neither ends.
     */
    static Optional<Limit> of(RetentionSetting setting, Instant ended) {
        Optional<Limit> inForce = of(setting.period(), ended);
        Optional<Limit> pending = setting.pendingChange().flatMap(change -> of(change, ended));
        return Stream.concat(inForce.stream(), pending.stream()).min(Comparator.comparing(Limit::at));
    }

    private static Optional<Limit> of(PendingRetention change, Instant ended) {
        return of(change.period(), ended).map(limit -> limit.notBefore(change.effectiveAt()));
    }

    private static Optional<Limit> of(RetentionPeriod period, Instant ended) {
        return period.endFrom(ended).map(at -> new Limit(at, period));
    }

    private Limit notBefore(Instant earliest) {
        return at.isBefore(earliest) ? new Limit(earliest, period) : this;
    }
}
