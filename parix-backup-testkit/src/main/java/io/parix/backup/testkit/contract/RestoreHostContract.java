package io.parix.backup.testkit.contract;

/**
 * What every {@link io.parix.backup.host.RestoreHost} must do, the requirements HST of {@code docs/host-ports.md}.
 *
 * <p>The tests lie in the interfaces that this one joins, by what they are about.
 */
public interface RestoreHostContract extends TokenContract, HostStepContract, StagingContract, SwapContract {}
