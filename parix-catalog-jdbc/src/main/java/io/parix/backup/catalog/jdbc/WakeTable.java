package io.parix.backup.catalog.jdbc;

import io.parix.backup.spi.catalog.Wake;
import java.sql.SQLException;
import java.time.Instant;

/**
 * Wake-ups, one row per job, in the table that db-scheduler polls. A row that is being delivered is <em>picked</em>; a wake-up
 * that comes meanwhile waits in {@code again_at}.
 */
final class WakeTable {
    static final String NAME = "parix_wakeup";
    private static final String TASKS = "parix-job:";
    private static final String ROW = " where task_name = ? and task_instance = ?";

    private WakeTable() {}

    static String taskOf(String region) {
        return TASKS + region;
    }

    static boolean isTask(String name) {
        return name.startsWith(TASKS);
    }

    static String regionOf(String task) {
        return task.substring(TASKS.length());
    }

    /** Moves a wake-up that is there, to the earlier instant; answers whether there is one. */
    static boolean move(Session session, Wake wake) throws SQLException {
        String task = taskOf(wake.region());
        int moved = session.update(
                "update parix_wakeup set execution_time = ?, version = version + 1" + ROW
                        + " and picked = false and execution_time > ?",
                wake.at(),
                task,
                wake.job(),
                wake.at());
        int noted = moved > 0
                ? moved
                : session.update(
                        "update parix_wakeup set again_at = least(coalesce(again_at, ?), ?)" + ROW
                                + " and picked = true",
                        wake.at(),
                        wake.at(),
                        task,
                        wake.job());
        return noted > 0
                || session.one(
                                "select 1 from parix_wakeup" + ROW + " and picked = false and execution_time <= ?",
                                row -> 1,
                                task,
                                wake.job(),
                                wake.at())
                        .isPresent();
    }

    /** Inserts a wake-up; one that is there is a violation. */
    static int insert(Session session, Wake wake) throws SQLException {
        return session.update(
                "insert into parix_wakeup (task_name, task_instance, execution_time, picked, version)"
                        + " values (?, ?, ?, false, 1)",
                taskOf(wake.region()),
                wake.job(),
                wake.at());
    }

    /** Ends a delivery: the row goes, or is there once more when the job was asked for meanwhile. */
    static int end(Session session, Delivery delivery) throws SQLException {
        int gone = session.update(
                "delete from parix_wakeup" + ROW + " and version = ? and again_at is null",
                delivery.task(),
                delivery.job(),
                delivery.version());
        return gone > 0
                ? gone
                : session.update(
                        "update parix_wakeup set picked = false, picked_by = null, last_heartbeat = null,"
                                + " execution_time = again_at, again_at = null, version = version + 1" + ROW
                                + " and version = ? and again_at is not null",
                        delivery.task(),
                        delivery.job(),
                        delivery.version());
    }

    /** Gives a delivery back, to be made again. */
    static int giveBack(Session session, Delivery delivery, Instant at) throws SQLException {
        return session.update(
                "update parix_wakeup set picked = false, picked_by = null, last_heartbeat = null, execution_time = ?,"
                        + " again_at = null, version = version + 1" + ROW + " and version = ?",
                at,
                delivery.task(),
                delivery.job(),
                delivery.version());
    }

    /**
     * Gives back, to be delivered once more, what was asked for again long ago and is still being looked at: a process that
     * hangs shows signs of life, and only a lease decides who owns a job (spec B7).
     */
    static int takeFromSlow(Session session, Instant askedBefore) throws SQLException {
        return session.update(
                "update parix_wakeup set picked = false, picked_by = null, last_heartbeat = null,"
                        + " execution_time = again_at, again_at = null, version = version + 1"
                        + " where picked = true and again_at <= ?",
                askedBefore);
    }

    /**
     * A wake-up as it was picked.
     *
     * @param task the name of its task
     * @param job the job
     * @param version the version of its row
     */
    record Delivery(String task, String job, long version) {}
}
