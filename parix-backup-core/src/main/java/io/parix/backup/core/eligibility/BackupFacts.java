package io.parix.backup.core.eligibility;

import io.parix.backup.CapturedProfile;
import io.parix.backup.Failure;
import io.parix.backup.JobStatus;
import io.parix.backup.Verification;
import org.jspecify.annotations.Nullable;

/**
 * What is on record of the backup.
 *
 * @param status the job's status
 * @param failure why it failed, or null where it did not
 * @param verification what was last found out about it, or null before anything was
 * @param presence what the last look at storage found, or null where there was none
 * @param replicaCount how many replicas the data files say that the cluster has, or null where that was not captured
 * @param profile the captured restore metadata
 * @param retained where it stands with its clean-up
 */
public record BackupFacts(
        JobStatus status,
        @Nullable Failure failure,
        @Nullable Verification verification,
        @Nullable Presence presence,
        @Nullable Integer replicaCount,
        CapturedProfile profile,
        Retained retained) {}
