package io.parix.backup.core.job;

import io.parix.backup.JobStatus;

/** Rule B1 in its own words, independent of any table. */
final class StatusMoves {
    private StatusMoves() {}

    static boolean legal(JobStatus from, JobStatus to) {
        return switch (from) {
            case QUEUED -> to == JobStatus.RUNNING || to == JobStatus.FAILED;
            case RUNNING -> to != JobStatus.QUEUED;
            case COMPLETED, FAILED -> to == from;
        };
    }
}
