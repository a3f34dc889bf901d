/**
 * Suites that every implementation of the SPI and of a host's ports must pass, ours and third parties'.
 *
 * <p>Doors: {@link io.parix.backup.testkit.contract.ObjectStoreContract},
 * {@link io.parix.backup.testkit.contract.BackupProviderContract} and
 * {@link io.parix.backup.testkit.contract.VolumeSnapshotsContract} for providers,
 * {@link io.parix.backup.testkit.contract.CatalogContract} and {@link io.parix.backup.testkit.contract.DispatchContract} for
 * catalogs, {@link io.parix.backup.testkit.contract.RestoreHostContract},
 * {@link io.parix.backup.testkit.contract.ReplicaImagesContract} and
 * {@link io.parix.backup.testkit.contract.KeyPortContract} for hosts. A test class implements the interface and its few methods;
 * JUnit finds the tests. Each test's name begins with the number of the requirement in {@code docs/provider-spi.md},
 * {@code docs/catalog-spi.md} or {@code docs/host-ports.md}. What a place cannot show is skipped in sight, by an assumption that says so, never
 * passed in silence.
 */
@NullMarked
package io.parix.backup.testkit.contract;

import org.jspecify.annotations.NullMarked;
