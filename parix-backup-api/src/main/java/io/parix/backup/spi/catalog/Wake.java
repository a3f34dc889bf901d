package io.parix.backup.spi.catalog;

import java.time.Instant;

/**
 * A wake-up: "look at this job". It carries no state of the job, only what decides where and when it is delivered.
 *
 * @param job the job's id
 * @param region the job's region; the wake-up is delivered to workers that serve it
 * @param at not before this instant, on the catalog's clock
 */
public record Wake(String job, String region, Instant at) {
    /**
     * A wake-up for a job.
     *
     * @param row the job
     * @param at not before this instant, on the catalog's clock
     * @return the wake-up
     */
    public static Wake of(JobRecord row, Instant at) {
        return new Wake(row.id(), row.region(), at);
    }
}
