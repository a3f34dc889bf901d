package io.parix.backup.testkit.contract;

/**
 * What every {@link io.parix.backup.spi.ObjectStore} must do, requirements SPI-20 and up of {@code docs/provider-spi.md}.
 *
 * <p>The tests lie in the interfaces that this one joins, by what they are about.
 */
public interface ObjectStoreContract
        extends WriteContract, ReadContract, ListContract, DeleteContract, TroubleContract, SilenceContract {}
