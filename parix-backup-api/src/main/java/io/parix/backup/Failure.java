package io.parix.backup;

import java.time.Instant;

/**
 * Why a job failed (spec B3).
 *
 * @param code the stable code
 * @param message words for a person
 * @param report the findings behind it; empty where there are none
 * @param at when
 */
public record Failure(ErrorCode code, String message, Report report, Instant at) {}
