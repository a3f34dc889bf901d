/**
 * Meters for Micrometer (spec J1): what the catalog counts as gauges, what listeners hear as counters and timers. No meter is
 * tagged with a database, an organization or a backup, so that their number does not grow. {@code docs/operations/metrics.md} lists
 * them all.
 */
@NullMarked
package io.parix.backup.micrometer;

import org.jspecify.annotations.NullMarked;
