package io.parix.backup.engine.row;

import io.parix.backup.BackupId;
import io.parix.backup.CleanUpBlocked;
import io.parix.backup.DatabaseId;
import io.parix.backup.JobStatus;
import io.parix.backup.core.job.CleanUpStep;
import io.parix.backup.core.retention.Belonging;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.StepProgress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The clean-up of a database, between its row and what clean-up remembers. */
public final class CleanUpRow {
    /** The idempotency key by which a database has one clean-up. */
    public static final String KEY = "clean-up";

    /** The region of a database whose region nobody knows; no profile can have it said better. */
    public static final String NOWHERE = "unknown";

    private CleanUpRow() {}

    /**
     * What a clean-up remembers from one look to the next.
     *
     * @param keptAsLast the backup that was to go and is kept as the last restorable one (spec H7), or null
     * @param blocked what could not be removed
     * @param stopped why it could not go on at all, or null where it could
     * @param lookedAt when it last looked, or null before it did
     * @param belonging whose the database was then, or null before
     */
    public record State(
            @Nullable BackupId keptAsLast,
            List<CleanUpBlocked> blocked,
            @Nullable String stopped,
            @Nullable Instant lookedAt,
            @Nullable Belonging belonging) {
        /** Nothing to remember. */
        public static final State FIRST = new State(null, List.of(), null, null, null);

        /** Copies the list. */
        public State {
            blocked = List.copyOf(blocked);
        }

        /** {@return the backup that was kept as the last restorable one, where one was} */
        public Optional<BackupId> lastKept() {
            return Optional.ofNullable(keptAsLast);
        }

        /** {@return whose the database was at the last look, where there was one} */
        public Optional<Belonging> owner() {
            return Optional.ofNullable(belonging);
        }

        /** {@return why it could not go on at all, where it could not} */
        public Optional<String> reason() {
            return Optional.ofNullable(stopped);
        }
    }

    /** Version 1. */
    record Payload(
            int version,
            @Nullable BackupId keptAsLast,
            List<CleanUpBlocked> blocked,
            @Nullable String stopped,
            @Nullable Instant lookedAt,
            @Nullable Belonging belonging) {}

    /**
     * Makes the row of a database's clean-up.
     *
     * @param id its id
     * @param database whose
     * @param region where the database runs
     * @param now the catalog's clock
     * @return its row, due at once
     */
    public static JobRecord first(String id, DatabaseId database, String region, Instant now) {
        return new JobRecord(
                id,
                1,
                JobKind.CLEAN_UP,
                database,
                region,
                JobStatus.QUEUED,
                CleanUpStep.WATCHING.code(),
                0,
                now,
                now,
                null,
                0,
                StepProgress.NONE,
                write(State.FIRST));
    }

    /**
     * Makes the row that follows one of another region.
     *
     * @param id its id
     * @param earlier the row that it replaces
     * @param region where the database runs
     * @param now the catalog's clock
     * @return its row, due at once, which remembers what the earlier one did
     */
    public static JobRecord moved(String id, JobRecord earlier, String region, Instant now) {
        JobRecord first = first(id, earlier.database(), region, now);
        return first.moved(first.status(), first.step(), earlier.payload(), now);
    }

    /**
     * Reads what a clean-up remembers.
     *
     * @param row a row of kind {@link JobKind#CLEAN_UP}
     * @return what it remembers
     */
    public static State read(JobRecord row) {
        Payload payload = PayloadJson.read(row.payload(), Payload.class, row.id());
        Payloads.requireVersion(row.id(), payload.version());
        return new State(
                payload.keptAsLast(), payload.blocked(), payload.stopped(), payload.lookedAt(), payload.belonging());
    }

    /**
     * Makes the row of a clean-up that has looked.
     *
     * @param row the row as last read
     * @param state what it remembers
     * @param again when to look again
     * @return the row to be written
     */
    public static JobRecord next(JobRecord row, State state, Instant again) {
        return row.moved(JobStatus.RUNNING, CleanUpStep.WATCHING.code(), write(state), again);
    }

    private static String write(State state) {
        return PayloadJson.write(new Payload(
                Payloads.VERSION,
                state.keptAsLast(),
                state.blocked(),
                state.stopped(),
                state.lookedAt(),
                state.belonging()));
    }
}
