package io.parix.backup;

import java.time.Instant;
import java.time.LocalDate;

/**
 * A run of a schedule that has come due (spec G1).
 *
 * @param day the local date, in the schedule's zone, that it was the run of
 * @param at when it was due
 * @param outcome what became of it
 */
public record LastRun(LocalDate day, Instant at, RunOutcome outcome) {}
