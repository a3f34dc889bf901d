package io.parix.backup.testkit.contract;

/**
 * What every {@link io.parix.backup.host.KeyPort} must do, the requirements KEY of {@code docs/host-ports.md}.
 *
 * <p>The tests lie in the interfaces that this one joins, by what they are about.
 */
public interface KeyPortContract extends DataKeyContract, KeyRingContract {}
