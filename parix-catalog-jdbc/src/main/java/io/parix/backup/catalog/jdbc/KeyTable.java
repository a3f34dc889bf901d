package io.parix.backup.catalog.jdbc;

import io.parix.backup.DatabaseId;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.NewJob;
import java.sql.SQLException;
import java.util.Optional;

/** Which job each idempotency key made (spec A4). */
final class KeyTable {
    private KeyTable() {}

    /** Records the key of a job, where it has one; a taken one is a violation. */
    static void record(Session session, NewJob job) throws SQLException {
        if (job.idempotencyKey() != null) {
            session.update(
                    "insert into parix_request_key (database_id, kind, request_key, job_id) values (?, ?, ?, ?)",
                    job.row().database().value(),
                    job.row().kind().code(),
                    job.idempotencyKey(),
                    job.row().id());
        }
    }

    static void forget(Session session, String job) throws SQLException {
        session.update("delete from parix_request_key where job_id = ?", job);
    }

    static Optional<JobRecord> find(Session session, DatabaseId database, JobKind kind, String key)
            throws SQLException {
        return session.one(
                "select " + JobTable.COLUMNS + " from parix_job where id = (select job_id from parix_request_key"
                        + " where database_id = ? and kind = ? and request_key = ?)",
                JobTable::read,
                database.value(),
                kind.code(),
                key);
    }
}
