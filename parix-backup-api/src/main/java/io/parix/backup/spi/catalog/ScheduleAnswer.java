package io.parix.backup.spi.catalog;

import io.parix.backup.Workflow;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The answer to {@link Catalog#write(ScheduleWrite)}. */
public sealed interface ScheduleAnswer {
    /**
     * Everything was written.
     *
     * @param row as written, one version on
     * @param job the row of the run's job, or null when there was none to insert; where the run had a job before, that one
     */
    record Written(ScheduleRecord row, @Nullable JobRecord job) implements ScheduleAnswer {
        /** {@return the row of the run's job, where there was one to insert} */
        public Optional<JobRecord> started() {
            return Optional.ofNullable(job);
        }
    }

    /**
     * The schedule has another version; nothing was written.
     *
     * @param actual the row that is there, or null when there is none
     */
    record Moved(@Nullable ScheduleRecord actual) implements ScheduleAnswer {
        /** {@return the row that is there, where there is one} */
        public Optional<ScheduleRecord> there() {
            return Optional.ofNullable(actual);
        }
    }

    /**
     * Another workflow holds the database's slot; nothing was written.
     *
     * @param by what holds it
     */
    record Occupied(Workflow by) implements ScheduleAnswer {}
}
