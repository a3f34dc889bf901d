package io.parix.backup.engine.rebuild;

import io.parix.backup.engine.provider.DatabaseArchives;
import io.parix.backup.engine.provider.Installations;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.engine.sweep.CleanUpJobs;
import io.parix.backup.spi.catalog.Catalog;

/**
 * What a rebuild works with.
 *
 * @param catalog what is filled
 * @param archives where backups lie
 * @param installations who writes where
 * @param cleanUps removes what has expired
 * @param settings the limits
 */
public record RebuildParts(
        Catalog catalog,
        DatabaseArchives archives,
        Installations installations,
        CleanUpJobs cleanUps,
        EngineSettings settings) {}
