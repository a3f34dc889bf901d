package io.parix.backup.engine.rebuild;

import io.parix.backup.engine.provider.DatabaseArchives;
import io.parix.backup.engine.provider.Installations;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.spi.catalog.Catalog;

/**
 * What a rebuild works with.
 *
 * @param catalog what is filled
 * @param archives where backups lie
 * @param installations who writes where
 * @param settings the limits
 */
public record RebuildParts(
        Catalog catalog, DatabaseArchives archives, Installations installations, EngineSettings settings) {}
