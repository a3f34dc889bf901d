package io.parix.backup;

import java.time.Instant;
import java.time.LocalDate;

/**
 * A run of a schedule that is to come (spec G1).
 *
 * @param day the local date, in the schedule's zone, that it is the run of
 * @param at when it is due
 */
public record NextRun(LocalDate day, Instant at) {}
