package io.parix.backup.testkit.contract;

/**
 * What every {@link io.parix.backup.spi.catalog.Catalog} must do, the requirements CAT of {@code docs/catalog-spi.md}.
 *
 * <p>The tests lie in the interfaces that this one joins, by what they are about.
 */
public interface CatalogContract
        extends InstallationContract,
                InsertContract,
                LeaseContract,
                JobWriteContract,
                ConditionContract,
                JobListContract,
                AdoptContract,
                ScheduleContract,
                CleanUpJobContract,
                JobSelectContract,
                SegmentBytesContract,
                RemoveContract,
                SettingContract,
                GaugeContract,
                StoredBytesContract,
                ListLimitContract {}
