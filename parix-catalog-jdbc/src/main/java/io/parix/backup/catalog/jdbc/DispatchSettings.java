package io.parix.backup.catalog.jdbc;

import io.parix.backup.spi.ConfigurationException;
import java.time.Duration;

/**
 * The limits of a {@link JdbcDispatcher}. Mistakes are reported all at once.
 *
 * @param workers how many jobs may be looked at at once in this process, 1 to 64; default 2
 * @param pollEvery how often the database is asked for wake-ups that are due, 10 ms to 1 minute; default 1 second. What is
 *     asked for in this process is delivered without waiting for it
 * @param tickEvery how often the engine looks for work that nobody woke, 10 ms to 1 minute; default 1 second
 * @param deadAfter after how long without a sign of life, or hanging, another process takes over the wake-ups that one was
 *     delivered, 4 seconds to 1 hour; default 1 minute. A job whose lease has lapsed may wait so long, and half as long
 *     again; so an engine is not built whose lease is shorter
 * @param closeWithin how long {@link JdbcDispatcher#close} lets running looks end by themselves before it interrupts them, 0
 *     to 1 hour; default 1 minute
 */
public record DispatchSettings(
        int workers, Duration pollEvery, Duration tickEvery, Duration deadAfter, Duration closeWithin) {
    private static final Duration OFTEN = Duration.ofMillis(10);

    /**
     * Checks every bound.
     *
     * @throws ConfigurationException listing every setting that is out of its bounds
     */
    public DispatchSettings {
        Bounds bounds = new Bounds("the dispatcher");
        bounds.hold("workers", workers >= 1 && workers <= 64, workers + " is not 1 to 64");
        bounds.duration("pollEvery", pollEvery, OFTEN, Duration.ofMinutes(1));
        bounds.duration("tickEvery", tickEvery, OFTEN, Duration.ofMinutes(1));
        bounds.duration("deadAfter", deadAfter, Duration.ofSeconds(4), Duration.ofHours(1));
        bounds.duration("closeWithin", closeWithin, Duration.ZERO, Duration.ofHours(1));
        bounds.raise();
    }

    /** {@return the defaults} */
    public static DispatchSettings defaults() {
        return builder().build();
    }

    /** {@return a builder that begins with the defaults} */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects settings; {@link DispatchSettings} checks them. Not safe for concurrent use. */
    public static final class Builder {
        private int workers = 2;
        private Duration pollEvery = Duration.ofSeconds(1);
        private Duration tickEvery = Duration.ofSeconds(1);
        private Duration deadAfter = Duration.ofMinutes(1);
        private Duration closeWithin = Duration.ofMinutes(1);

        private Builder() {}

        /**
         * Sets {@link DispatchSettings#workers()}.
         *
         * @param value the new value
         * @return this builder
         */
        public Builder workers(int value) {
            workers = value;
            return this;
        }

        /**
         * Sets {@link DispatchSettings#pollEvery()}.
         *
         * @param value the new value
         * @return this builder
         */
        public Builder pollEvery(Duration value) {
            pollEvery = value;
            return this;
        }

        /**
         * Sets {@link DispatchSettings#tickEvery()}.
         *
         * @param value the new value
         * @return this builder
         */
        public Builder tickEvery(Duration value) {
            tickEvery = value;
            return this;
        }

        /**
         * Sets {@link DispatchSettings#deadAfter()}.
         *
         * @param value the new value
         * @return this builder
         */
        public Builder deadAfter(Duration value) {
            deadAfter = value;
            return this;
        }

        /**
         * Sets {@link DispatchSettings#closeWithin()}.
         *
         * @param value the new value
         * @return this builder
         */
        public Builder closeWithin(Duration value) {
            closeWithin = value;
            return this;
        }

        /**
         * Builds the settings.
         *
         * @return them
         * @throws ConfigurationException listing every setting that is out of its bounds
         */
        public DispatchSettings build() {
            return new DispatchSettings(workers, pollEvery, tickEvery, deadAfter, closeWithin);
        }
    }
}
