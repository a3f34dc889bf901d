package io.parix.backup.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.parix.backup.BackupEvent;
import io.parix.backup.DatabaseId;
import io.parix.backup.JobStatus;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.CatalogConflictException;
import io.parix.backup.spi.catalog.Claim;
import io.parix.backup.spi.catalog.HistoryQuery;
import io.parix.backup.spi.catalog.Inserted;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.JobWrite;
import io.parix.backup.spi.catalog.NewJob;
import io.parix.backup.spi.catalog.StepProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** What the tests of the catalog suite are written with. */
final class CatalogSamples {
    static final DatabaseId DB = new DatabaseId("db");
    static final DatabaseId OTHER = new DatabaseId("other");
    static final String REGION = "eu-central-1";

    /** Long enough that no test outlasts it. */
    static final Duration LEASE = Duration.ofHours(1);

    private CatalogSamples() {}

    static JobRecord row(Catalog catalog, String id, DatabaseId database) {
        Instant now = catalog.now();
        return row(id, JobKind.BACKUP, database, now);
    }

    static JobRecord row(String id, JobKind kind, DatabaseId database, Instant requestedAt) {
        return new JobRecord(
                id,
                1,
                kind,
                database,
                REGION,
                JobStatus.QUEUED,
                "queued",
                0,
                requestedAt,
                requestedAt,
                null,
                0,
                StepProgress.NONE,
                "{}");
    }

    static JobRecord inRegion(JobRecord row, String region) {
        return new JobRecord(
                row.id(),
                row.version(),
                row.kind(),
                row.database(),
                region,
                row.status(),
                row.step(),
                row.attempt(),
                row.requestedAt(),
                row.lookAgainAt(),
                row.claim(),
                row.strikes(),
                row.progress(),
                row.payload());
    }

    static JobRecord claimedAs(JobRecord row, @Nullable Claim claim) {
        return new JobRecord(
                row.id(),
                row.version(),
                row.kind(),
                row.database(),
                row.region(),
                row.status(),
                row.step(),
                row.attempt(),
                row.requestedAt(),
                row.lookAgainAt(),
                claim,
                row.strikes(),
                row.progress(),
                row.payload());
    }

    static NewJob asked(JobRecord row, @Nullable String key) {
        return new NewJob(row, key, event(row, "requested"));
    }

    static BackupEvent event(JobRecord row, String what) {
        return new BackupEvent(
                row.id() + "-" + what,
                BackupEvent.Kind.BACKUP_REQUESTED,
                row.database(),
                row.id(),
                row.requestedAt(),
                null);
    }

    static JobRecord insert(Catalog catalog, String id, DatabaseId database) {
        return created(catalog.insert(asked(row(catalog, id, database), null)));
    }

    static JobRecord created(Inserted answer) {
        assertThat(answer).isInstanceOf(Inserted.Created.class);
        return ((Inserted.Created) answer).row();
    }

    static JobRecord claim(Catalog catalog, JobRecord row) {
        return catalog.claim(row, "w1", LEASE);
    }

    static long fence(JobRecord row) {
        return row.claimed().orElseThrow().fence();
    }

    /** The row one step on, going on at once. */
    static JobRecord running(Catalog catalog, JobRecord row) {
        return row.moved(JobStatus.RUNNING, "capturing", "{\"n\":1}", catalog.now());
    }

    static JobRecord ended(JobRecord row, JobStatus status) {
        return row.moved(status, status.code(), "{}", null);
    }

    /** Claims a queued row and ends it. */
    static JobRecord end(Catalog catalog, JobRecord row) {
        return catalog.write(JobWrite.of(ended(claim(catalog, row), JobStatus.COMPLETED)));
    }

    /** A whole backup from its insert to its end, with the segments that it needs. */
    static void backup(Catalog catalog, String id, DatabaseId database, Map<String, Long> segments) {
        JobRecord held = claim(catalog, insert(catalog, id, database));
        JobRecord decided = catalog.write(new JobWrite(running(catalog, held), List.of(), segments));
        catalog.write(JobWrite.of(ended(decided, JobStatus.COMPLETED)));
    }

    /** Expects a conflict and gives it. */
    static CatalogConflictException conflict(ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        assertThat(thrown).isInstanceOf(CatalogConflictException.class);
        return (CatalogConflictException) thrown;
    }

    /** The ids of every row of a query, over all pages. */
    static List<String> all(Catalog catalog, HistoryQuery first) {
        List<String> seen = new ArrayList<>();
        List<JobRecord> page = catalog.history(first);
        while (!page.isEmpty()) {
            assertThat(page).hasSizeLessThanOrEqualTo(first.limit());
            seen.addAll(ids(page));
            page = catalog.history(first.after(page.get(page.size() - 1)));
        }
        return seen;
    }

    /** A row of a kind that occupies nothing and that nobody asked for. */
    static NewJob cleanUp(Catalog catalog, String id, DatabaseId database, @Nullable String key) {
        return new NewJob(row(id, JobKind.CLEAN_UP, database, catalog.now()), key, null);
    }

    /** More ids than a catalog looks up at once. */
    static Set<String> tooManyIds() {
        return IntStream.rangeClosed(0, 1_000).mapToObj(i -> "b" + i).collect(Collectors.toSet());
    }

    static List<String> ids(List<JobRecord> rows) {
        return rows.stream().map(JobRecord::id).toList();
    }
}
