package io.parix.backup.faults;

import io.parix.backup.DatabaseId;
import io.parix.backup.core.job.BackupStep;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.HistoryQuery;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.JobWrite;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/** Makes weeks of a database's retention pass in a round: rows of {@link Moment.Kind#AGED} databases are written with other dates. */
final class FlyingTime {
    /** Past the default retention of seven days. */
    private static final Duration AGE = Duration.ofDays(8);

    private static final Duration NEXT_LOOK = Duration.ofMillis(300);
    private static final Pattern INSTANT = Pattern.compile("\"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z)\"");

    private final Catalog catalog;
    private final BooleanSupplier finishing;

    /**
     * Time that flies until a round is to end.
     *
     * @param catalog the right one
     * @param finishing whether nothing new is asked for
     */
    FlyingTime(Catalog catalog, BooleanSupplier finishing) {
        this.catalog = catalog;
        this.finishing = finishing;
    }

    JobWrite write(JobWrite write) {
        JobRecord row = write.next();
        if (Moment.Kind.of(row.database().value()) != Moment.Kind.AGED) {
            return write;
        }
        JobRecord other = row;
        if (row.kind() == JobKind.BACKUP && row.step().equals(BackupStep.COMPLETED.code())) {
            other = row.moved(
                    row.status(), row.step(), aged(row.payload()), row.due().orElse(null));
        } else if (row.kind() == JobKind.CLEAN_UP && row.due().isPresent() && !isDone(row.database())) {
            other = row.moved(
                    row.status(), row.step(), row.payload(), catalog.now().plus(NEXT_LOOK));
        }
        return new JobWrite(other, write.events(), write.segments(), write.conditions());
    }

    /** Whether all that is to go is gone, and nothing more will come. */
    private boolean isDone(DatabaseId database) {
        return finishing.getAsBoolean() && isCleanedUp(catalog, database);
    }

    /** {@return whether a database has no more than its last backup} */
    static boolean isCleanedUp(Catalog catalog, DatabaseId database) {
        return catalog.history(HistoryQuery.newest(database, JobKind.BACKUP, 2)).size() < 2;
    }

    /** All of its dates, for a backup ends after it has begun. */
    private static String aged(String payload) {
        return INSTANT.matcher(payload)
                .replaceAll(date -> "\"" + Instant.parse(date.group(1)).minus(AGE) + "\"");
    }
}
