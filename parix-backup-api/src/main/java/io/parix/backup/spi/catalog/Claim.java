package io.parix.backup.spi.catalog;

import java.time.Instant;

/**
 * A worker's lease on a job (spec B7).
 *
 * @param worker the worker, unique per process start
 * @param fence the fencing token: higher than that of every earlier claim of any job of the same database, also of those
 *     that a catalog made which was lost; it is the database's last fence plus one, or the catalog's clock in microseconds
 *     since 1970, whichever is higher
 * @param until when the lease lapses, on the catalog's clock
 */
public record Claim(String worker, long fence, Instant until) {}
