package io.parix.backup.core.job;

import io.parix.backup.JobStatus;
import java.util.Optional;
import java.util.Set;

/** The one durable step of a database's clean-up, which is done again and again (spec H3). */
public enum CleanUpStep implements JobStep {
    /** Looks what has expired, removes it, and waits for what expires next. */
    WATCHING;

    @Override
    public String code() {
        return "watching";
    }

    @Override
    public JobStatus status() {
        return JobStatus.RUNNING;
    }

    @Override
    public AfterCrash afterCrash() {
        return AfterCrash.SWEEP;
    }

    @Override
    public Optional<CleanUpStep> afterFailure() {
        return Optional.empty();
    }

    @Override
    public Set<CleanUpStep> next() {
        return Set.of(this);
    }
}
