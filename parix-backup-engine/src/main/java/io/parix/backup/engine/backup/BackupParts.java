package io.parix.backup.engine.backup;

import io.parix.backup.engine.provider.DatabaseArchives;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.engine.sweep.CleanUpJobs;
import io.parix.backup.engine.work.Bench;
import io.parix.backup.host.DatabaseDirectory;
import io.parix.backup.host.ReplicaImages;
import io.parix.backup.host.ReplicaVolumes;
import io.parix.backup.spi.catalog.Catalog;

/**
 * What the steps of a backup work with.
 *
 * @param catalog where earlier backups are found
 * @param directory where the database is looked up
 * @param images where its images come from
 * @param volumes which volumes its replicas lie on
 * @param archives where its backups lie
 * @param cleanUps removes what has expired
 * @param bench threads and spool
 * @param settings the limits
 */
public record BackupParts(
        Catalog catalog,
        DatabaseDirectory directory,
        ReplicaImages images,
        ReplicaVolumes volumes,
        DatabaseArchives archives,
        CleanUpJobs cleanUps,
        Bench bench,
        EngineSettings settings) {}
