package io.parix.backup.engine.retention;

import io.parix.backup.engine.provider.DatabaseArchives;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.host.DatabaseDirectory;
import io.parix.backup.host.Organizations;
import io.parix.backup.spi.catalog.Catalog;

/**
 * What retention is decided from.
 *
 * @param catalog backups, jobs and settings
 * @param directory where databases are looked up
 * @param organizations whose they are
 * @param archives which places are registered
 * @param settings the limits
 */
public record RetentionParts(
        Catalog catalog,
        DatabaseDirectory directory,
        Organizations organizations,
        DatabaseArchives archives,
        EngineSettings settings) {}
