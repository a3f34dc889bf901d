package io.parix.backup.core.job;

import io.parix.backup.CapturedProfile;
import java.time.Instant;

/**
 * What is known once the images are there.
 *
 * @param profile the restore metadata, the same before and after the images were taken (spec C2)
 * @param completeBefore everything acknowledged before this instant is in the backup: when its earliest image was cut
 *     (spec C6)
 */
public record Captured(CapturedProfile profile, Instant completeBefore) {}
