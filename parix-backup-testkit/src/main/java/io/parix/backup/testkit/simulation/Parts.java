package io.parix.backup.testkit.simulation;

import io.parix.backup.host.DatabaseDirectory;
import io.parix.backup.host.ReplicaImages;
import io.parix.backup.host.ReplicaVolumes;
import io.parix.backup.host.RestoreHost;
import io.parix.backup.spi.BackupProvider;
import io.parix.backup.spi.StorageLocation;
import io.parix.backup.spi.catalog.Catalog;

/** What every node of a run shares. */
record Parts(
        Catalog catalog,
        BackupProvider provider,
        StorageLocation location,
        DatabaseDirectory directory,
        ReplicaImages images,
        ReplicaVolumes volumes,
        RestoreHost restoreHost) {}
