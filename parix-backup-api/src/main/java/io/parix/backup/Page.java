package io.parix.backup;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a dashboard shows of a database's backups (spec D).
 *
 * @param database what the database is now
 * @param at when the page was read, on the catalog's clock; relative times count from here
 * @param create the conditions of a new backup for the viewer; it can be asked for when they pass (spec D1)
 * @param history the rows that were asked for
 * @param summary what the selected backups take (spec D4)
 * @param automatic the schedule and how long backups are kept (spec D5)
 * @param pointInTimeRecovery that there is none (spec D6)
 */
public record Page(
        DatabaseView database,
        Instant at,
        Report create,
        History history,
        StorageSummary summary,
        Automatic automatic,
        PointInTimeRecovery pointInTimeRecovery) {

    /** {@return the rows, newest first} */
    public List<PageRow> rows() {
        return history.rows();
    }

    /** {@return where the next page begins; empty where nothing older is in the range} */
    public Optional<PageCursor> next() {
        return Optional.ofNullable(history.next());
    }

    /**
     * A part of a history (spec D2).
     *
     * @param rows the rows, newest first: by when they were asked for, then by id, descending
     * @param next where the next page begins, or null where nothing older is in the range
     */
    public record History(List<PageRow> rows, @Nullable PageCursor next) {
        /** Copies the list. */
        public History {
            rows = List.copyOf(rows);
        }
    }

    /**
     * What happens by itself (spec D5).
     *
     * @param schedule the schedule's card, or null where there is no schedule
     * @param retention how long backups are kept now, where that comes from, and the change that waits; null where the host cannot tell
     *     whose the database is
     */
    public record Automatic(
            @Nullable ScheduleCard schedule, @Nullable RetentionSetting retention) {
        /** {@return the schedule's card, where there is one} */
        public Optional<ScheduleCard> card() {
            return Optional.ofNullable(schedule);
        }

        /** {@return how long backups are kept, where the host can tell whose the database is} */
        public Optional<RetentionSetting> setting() {
            return Optional.ofNullable(retention);
        }
    }
}
