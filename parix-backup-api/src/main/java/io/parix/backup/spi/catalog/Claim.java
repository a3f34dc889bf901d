package io.parix.backup.spi.catalog;

import java.time.Instant;

/**
 * A worker's lease on a job (spec B7).
 *
 * @param worker the worker, unique per process start
 * @param fence the fencing token: higher than that of every earlier claim of any job of the same database
 * @param until when the lease lapses, on the catalog's clock
 */
public record Claim(String worker, long fence, Instant until) {}
