package io.parix.backup.engine.work;

import io.parix.backup.archive.flow.Workbench;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.spi.CallContext;
import java.util.concurrent.Executor;

/**
 * Makes the workbench of a step that moves bytes.
 *
 * @param executor lends threads
 * @param settings timeouts and the spool
 * @param memory what all jobs of the process share
 */
public record Bench(Executor executor, EngineSettings settings, MemoryBudget memory) {
    /**
     * A workbench whose progress renews the lease.
     *
     * @param lease the claim on the job
     * @return the workbench
     */
    public Workbench of(Lease lease) {
        return new Workbench(
                executor, settings.transfer().spool(), lease.call(CallContext.Purpose.DATA), lease::progress);
    }
}
