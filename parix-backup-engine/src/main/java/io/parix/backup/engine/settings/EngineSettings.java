package io.parix.backup.engine.settings;

import io.parix.backup.ByteSize;
import io.parix.backup.spi.ConfigurationException;
import io.parix.backup.spi.ConfigurationMistake;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Every limit of the engine, named, with a default and bounds. Mistakes are reported all at once.
 *
 * @param lease how long a worker owns a job without a sign of life, 1 second to 1 hour; default 1 minute
 * @param tickEvery how often the engine looks for work that nobody woke, 10 ms to 1 minute; default 1 second
 * @param concurrentJobs jobs that run at once in this process, 1 to 64; default 2
 * @param callTimeout the deadline of one provider call, 1 second to 1 hour; default 5 minutes
 * @param jobDeadline how long a job may take from its request, 1 minute to 30 days; default 24 hours
 * @param captures how often a set of images is taken before a job fails, 1 to 10; default 3
 * @param retries how often a failing step is repeated with backoff, 0 to 100; default 8
 * @param firstBackoff the wait before the first repetition, doubling each time up to 5 minutes; 1 ms to 1 minute; default 1
 *     second
 * @param segmentSize the largest segment, 1 MiB to 32 MiB; default 32 MiB
 * @param transferWorkers parallel workers of one export or restore, 1 to 64; default one more than there are processors, at
 *     most 8
 * @param segmentAge from which age a segment is stored anew instead of referenced (spec C12), 1 to 365 days; default 30
 * @param readBackShare the share of the referenced chunks that each backup reads back (spec C12), 0.0 to 1.0; default 0.01
 * @param spool an existing directory for temporary files of the size of an index; default the system's
 */
public record EngineSettings(
        Duration lease,
        Duration tickEvery,
        int concurrentJobs,
        Duration callTimeout,
        Duration jobDeadline,
        int captures,
        int retries,
        Duration firstBackoff,
        ByteSize segmentSize,
        int transferWorkers,
        Duration segmentAge,
        double readBackShare,
        Path spool) {

    /** Checks every bound. */
    public EngineSettings {
        Bounds bounds = new Bounds();
        bounds.duration("lease", lease, Duration.ofSeconds(1), Duration.ofHours(1));
        bounds.duration("tickEvery", tickEvery, Duration.ofMillis(10), Duration.ofMinutes(1));
        bounds.number("concurrentJobs", concurrentJobs, 1, 64);
        bounds.duration("callTimeout", callTimeout, Duration.ofSeconds(1), Duration.ofHours(1));
        bounds.duration("jobDeadline", jobDeadline, Duration.ofMinutes(1), Duration.ofDays(30));
        bounds.number("captures", captures, 1, 10);
        bounds.number("retries", retries, 0, 100);
        bounds.duration("firstBackoff", firstBackoff, Duration.ofMillis(1), Duration.ofMinutes(1));
        bounds.number("segmentSize", segmentSize.bytes(), 1 << 20, 32 << 20);
        bounds.number("transferWorkers", transferWorkers, 1, 64);
        bounds.duration("segmentAge", segmentAge, Duration.ofDays(1), Duration.ofDays(365));
        bounds.hold("readBackShare", readBackShare >= 0 && readBackShare <= 1, readBackShare + " is not 0.0 to 1.0");
        bounds.hold("spool", Files.isDirectory(spool), spool + " is not a directory");
        bounds.raise();
    }

    /** {@return the defaults} */
    public static EngineSettings defaults() {
        return builder().build();
    }

    /** {@return a builder that begins with the defaults} */
    public static Builder builder() {
        return new Builder();
    }

    private static final class Bounds {
        private final List<ConfigurationMistake> mistakes = new ArrayList<>();

        void duration(String key, Duration value, Duration least, Duration most) {
            boolean within = value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
            hold(key, within, value + " is not " + least + " to " + most);
        }

        void number(String key, long value, long least, long most) {
            hold(key, value >= least && value <= most, value + " is not " + least + " to " + most);
        }

        void hold(String key, boolean holds, String problem) {
            if (!holds) {
                mistakes.add(new ConfigurationMistake(key, problem));
            }
        }

        void raise() {
            if (!mistakes.isEmpty()) {
                throw new ConfigurationException("the engine", mistakes);
            }
        }
    }

    /** Collects settings; {@link EngineSettings} checks them. Not safe for concurrent use. */
    public static final class Builder {
        private Duration lease = Duration.ofMinutes(1);
        private Duration tickEvery = Duration.ofSeconds(1);
        private int concurrentJobs = 2;
        private Duration callTimeout = Duration.ofMinutes(5);
        private Duration jobDeadline = Duration.ofHours(24);
        private int captures = 3;
        private int retries = 8;
        private Duration firstBackoff = Duration.ofSeconds(1);
        private ByteSize segmentSize = ByteSize.mebibytes(32);
        /** One more than there are processors: a worker that waits for the store leaves them busy. */
        private int transferWorkers = Math.min(8, Runtime.getRuntime().availableProcessors() + 1);

        private Duration segmentAge = Duration.ofDays(30);
        private double readBackShare = 0.01;
        private Path spool = Path.of(System.getProperty("java.io.tmpdir"));

        private Builder() {}

        /**
         * Sets {@link EngineSettings#lease()}.
         *
         * @param value the new value
         * @return this builder
         */
        public Builder lease(Duration value) {
            lease = value;
            return this;
        }

        /**
         * Sets {@link EngineSettings#tickEvery()}.
         *
         * @param value the new value
         * @return this builder
         */
        public Builder tickEvery(Duration value) {
            tickEvery = value;
            return this;
        }

        /**
         * Sets {@link EngineSettings#concurrentJobs()}.
         *
         * @param value the new value
         * @return this builder
         */
        public Builder concurrentJobs(int value) {
            concurrentJobs = value;
            return this;
        }

        /**
         * Sets {@link EngineSettings#callTimeout()}.
         *
         * @param value the new value
         * @return this builder
         */
        public Builder callTimeout(Duration value) {
            callTimeout = value;
            return this;
        }

        /**
         * Sets {@link EngineSettings#jobDeadline()}.
         *
         * @param value the new value
         * @return this builder
         */
        public Builder jobDeadline(Duration value) {
            jobDeadline = value;
            return this;
        }

        /**
         * Sets {@link EngineSettings#captures()}.
         *
         * @param value the new value
         * @return this builder
         */
        public Builder captures(int value) {
            captures = value;
            return this;
        }

        /**
         * Sets {@link EngineSettings#retries()}.
         *
         * @param value the new value
         * @return this builder
         */
        public Builder retries(int value) {
            retries = value;
            return this;
        }

        /**
         * Sets {@link EngineSettings#firstBackoff()}.
         *
         * @param value the new value
         * @return this builder
         */
        public Builder firstBackoff(Duration value) {
            firstBackoff = value;
            return this;
        }

        /**
         * Sets {@link EngineSettings#segmentSize()}.
         *
         * @param value the new value
         * @return this builder
         */
        public Builder segmentSize(ByteSize value) {
            segmentSize = value;
            return this;
        }

        /**
         * Sets {@link EngineSettings#transferWorkers()}.
         *
         * @param value the new value
         * @return this builder
         */
        public Builder transferWorkers(int value) {
            transferWorkers = value;
            return this;
        }

        /**
         * Sets {@link EngineSettings#segmentAge()}.
         *
         * @param value the new value
         * @return this builder
         */
        public Builder segmentAge(Duration value) {
            segmentAge = value;
            return this;
        }

        /**
         * Sets {@link EngineSettings#readBackShare()}.
         *
         * @param value the new value
         * @return this builder
         */
        public Builder readBackShare(double value) {
            readBackShare = value;
            return this;
        }

        /**
         * Sets {@link EngineSettings#spool()}.
         *
         * @param value the new value
         * @return this builder
         */
        public Builder spool(Path value) {
            spool = value;
            return this;
        }

        /**
         * Checks and freezes the settings.
         *
         * @return the settings
         * @throws ConfigurationException listing every mistake
         */
        public EngineSettings build() {
            return new EngineSettings(
                    lease,
                    tickEvery,
                    concurrentJobs,
                    callTimeout,
                    jobDeadline,
                    captures,
                    retries,
                    firstBackoff,
                    segmentSize,
                    transferWorkers,
                    segmentAge,
                    readBackShare,
                    spool);
        }
    }
}
