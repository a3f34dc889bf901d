package io.parix.backup.testkit.simulation;

import java.time.Instant;
import java.util.Set;

/**
 * What a process does without anybody else's looking up: what it could know when it began.
 *
 * @param began by the catalog's clock
 * @param lost every object that the place had lost or damaged
 * @param writes how often any catalog had been written to
 */
record Turn(Instant began, Set<String> lost, long writes) {}
