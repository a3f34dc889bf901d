package io.parix.backup;

import java.time.Instant;

/**
 * That a backup is to be removed before its age says so (spec H6).
 *
 * @param by who asked
 * @param since when, on the catalog's clock
 */
public record Deletion(Actor by, Instant since) {}
