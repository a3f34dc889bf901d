package io.parix.backup.core.schedule;

import java.time.Instant;
import java.time.LocalDate;

/**
 * One run of a schedule.
 *
 * @param day the local date that it is the run of, by which it is known on every node; at most one each
 * @param at when it is due
 */
public record ScheduledRun(LocalDate day, Instant at) {}
