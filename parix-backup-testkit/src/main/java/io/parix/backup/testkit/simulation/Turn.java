package io.parix.backup.testkit.simulation;

import io.parix.backup.RetentionSetting;
import java.time.Instant;
import java.util.Set;

/**
 * What a process does without anybody else's looking up, and what it could know when it began.
 *
 * @param began by the catalog's clock
 * @param lost every object that the place had lost or damaged
 * @param kept every backup that was complete and kept
 * @param setting how long backups are kept
 * @param writes how often any catalog had been written to
 */
record Turn(Instant began, Set<String> lost, Set<String> kept, RetentionSetting setting, long writes) {}
