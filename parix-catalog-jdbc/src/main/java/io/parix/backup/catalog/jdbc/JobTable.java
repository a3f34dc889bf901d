package io.parix.backup.catalog.jdbc;

import io.parix.backup.DatabaseId;
import io.parix.backup.spi.catalog.Claim;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.StepProgress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The jobs. Every change is conditional on the version or the fence, and answers nothing when the row has moved on. */
final class JobTable {
    static final String COLUMNS = "id, version, kind, database_id, region, status, step, attempt, requested_at,"
            + " look_again_at, claim_worker, claim_fence, claim_until, strikes, done_bytes, expected_bytes, waiting_for,"
            + " payload";

    private JobTable() {}

    /** Inserts a row; a taken id is a violation. */
    static void insert(Session session, JobRecord row) throws SQLException {
        session.update(
                "insert into parix_job (" + COLUMNS
                        + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, null, null, null, ?, ?, ?, ?, ?)",
                row.id(),
                row.version(),
                row.kind().code(),
                row.database().value(),
                row.region(),
                row.status().code(),
                row.step(),
                row.attempt(),
                row.requestedAt(),
                row.lookAgainAt(),
                row.strikes(),
                row.progress().done(),
                row.progress().expected(),
                row.progress().waiting(),
                row.payload());
    }

    static Optional<JobRecord> find(Session session, String id) throws SQLException {
        return session.one("select " + COLUMNS + " from parix_job where id = ?", JobTable::read, id);
    }

    static boolean exists(Session session, String id) throws SQLException {
        return session.one("select 1 from parix_job where id = ?", row -> id, id)
                .isPresent();
    }

    /** Gives an unclaimed or lapsed row to a claim. */
    static Optional<JobRecord> claim(Session session, JobRecord seen, Claim claim, Instant now) throws SQLException {
        return session.one(
                session.dialect()
                        .returning("update parix_job set version = version + 1, claim_worker = ?, claim_fence = ?,"
                                + " claim_until = ? where id = ? and version = ?"
                                + " and (claim_until is null or claim_until <= ?)"),
                JobTable::read,
                claim.worker(),
                claim.fence(),
                claim.until(),
                seen.id(),
                seen.version(),
                now);
    }

    /** Renews the lease that carries the fence. */
    static Optional<JobRecord> renew(Session session, String id, Claim renewed, StepProgress progress)
            throws SQLException {
        return session.one(
                session.dialect()
                        .returning("update parix_job set claim_until = ?, done_bytes = ?, expected_bytes = ?,"
                                + " waiting_for = ? where id = ? and claim_fence = ?"),
                JobTable::read,
                renewed.until(),
                progress.done(),
                progress.expected(),
                progress.waiting(),
                id,
                renewed.fence());
    }

    /** Writes a row one version on. The claim stays while the job goes on at once. */
    static Optional<JobRecord> write(Session session, JobRecord next) throws SQLException {
        String claimAfter =
                goesOn(session, next) ? "" : ", claim_worker = null, claim_fence = null, claim_until = null";
        String change = "update parix_job set version = version + 1, status = ?, step = ?, attempt = ?,"
                + " look_again_at = ?, strikes = ?, done_bytes = ?, expected_bytes = ?, waiting_for = ?, payload = ?"
                + claimAfter + " where id = ? and version = ? and " + sameFence(next.claim());
        return session.one(
                session.dialect().returning(change),
                JobTable::read,
                next.status().code(),
                next.step(),
                next.attempt(),
                next.lookAgainAt(),
                next.strikes(),
                next.progress().done(),
                next.progress().expected(),
                next.progress().waiting(),
                next.payload(),
                next.id(),
                next.version());
    }

    /** A row that is as it was seen; nobody changes it until the transaction ends. */
    static Optional<JobRecord> lock(Session session, JobRecord seen) throws SQLException {
        return session.one(
                "select " + COLUMNS + " from parix_job where id = ? and version = ? and " + sameFence(seen.claim())
                        + " for update",
                JobTable::read,
                seen.id(),
                seen.version());
    }

    /** When the lease of a claim lapses, where the job is under it; nobody renews or takes it until the transaction ends. */
    static Optional<Instant> lockClaim(Session session, String id, long fence) throws SQLException {
        return session.one(
                "select claim_until from parix_job where id = ? and claim_fence = ?"
                        + session.dialect().untouched(),
                row -> Session.instant(row, "claim_until"),
                id,
                fence);
    }

    /** Whether a row is at a version; nobody changes it until the transaction ends. */
    static boolean lockVersion(Session session, String id, long version) throws SQLException {
        return session.one(
                        "select version from parix_job where id = ? and version = ?"
                                + session.dialect().untouched(),
                        row -> version,
                        id,
                        version)
                .isPresent();
    }

    /** Removes a row; what refers to it must be gone. */
    static void remove(Session session, String id) throws SQLException {
        session.update("delete from parix_job where id = ?", id);
    }

    private static boolean goesOn(Session session, JobRecord next) throws SQLException {
        Instant again = next.lookAgainAt();
        return again != null && !next.status().ended() && !Session.micros(again).isAfter(session.now());
    }

    /** A fence is a number, so it is safe in the text of a statement. */
    private static String sameFence(@Nullable Claim carried) {
        return carried == null ? "claim_fence is null" : "claim_fence = " + carried.fence();
    }

    static JobRecord read(ResultSet row) throws SQLException {
        return new JobRecord(
                row.getString("id"),
                row.getLong("version"),
                Codes.jobKind(row.getString("kind")),
                new DatabaseId(row.getString("database_id")),
                row.getString("region"),
                Codes.status(row.getString("status")),
                row.getString("step"),
                row.getInt("attempt"),
                Session.instant(row, "requested_at"),
                Session.instantOrNull(row, "look_again_at"),
                claim(row),
                row.getInt("strikes"),
                new StepProgress(
                        row.getLong("done_bytes"), row.getLong("expected_bytes"), row.getString("waiting_for")),
                row.getString("payload"));
    }

    private static @Nullable Claim claim(ResultSet row) throws SQLException {
        String worker = row.getString("claim_worker");
        return worker == null
                ? null
                : new Claim(worker, row.getLong("claim_fence"), Session.instant(row, "claim_until"));
    }
}
