package io.parix.backup.engine.settings;

import java.time.Duration;

/**
 * How long a phase of a job may take from its beginning. A phase past its deadline fails with
 * {@link io.parix.backup.ErrorCode#DEADLINE_PASSED}, and a restore goes back; a phase that can only go on is never given up for
 * time. The deadline of the whole job holds beside these.
 *
 * @param captureDeadline until the images of a backup are there, 1 second to 30 days; default 24 hours
 * @param exportDeadline until the images are read and stored, 1 second to 30 days; default 24 hours
 * @param stageDeadline until the files of a restore are staged and verified, 1 second to 30 days; default 24 hours
 * @param fenceDeadline each of the host's steps that move the profile, fence the old replicas and swap the files, 1 second to 30
 *     days; default 1 hour
 * @param confirmDeadline each of the host's steps that start and confirm the restored replicas, 1 second to 30 days; default 1
 *     hour
 */
public record PhaseDeadlines(
        Duration captureDeadline,
        Duration exportDeadline,
        Duration stageDeadline,
        Duration fenceDeadline,
        Duration confirmDeadline) {
    /** Checks every bound. */
    public PhaseDeadlines {
        Bounds bounds = new Bounds();
        bounds.duration("captureDeadline", captureDeadline, Duration.ofSeconds(1), Duration.ofDays(30));
        bounds.duration("exportDeadline", exportDeadline, Duration.ofSeconds(1), Duration.ofDays(30));
        bounds.duration("stageDeadline", stageDeadline, Duration.ofSeconds(1), Duration.ofDays(30));
        bounds.duration("fenceDeadline", fenceDeadline, Duration.ofSeconds(1), Duration.ofDays(30));
        bounds.duration("confirmDeadline", confirmDeadline, Duration.ofSeconds(1), Duration.ofDays(30));
        bounds.raise();
    }
}
