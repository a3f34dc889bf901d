package io.parix.backup.engine.sweep;

import io.parix.backup.engine.provider.DatabaseArchives;
import io.parix.backup.engine.retention.RetentionView;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.spi.catalog.Catalog;
import java.time.InstantSource;

/**
 * What clean-up works with.
 *
 * @param catalog the truth
 * @param view what becomes of a database's backups
 * @param archives where they lie
 * @param cleanUps the clean-ups of all databases
 * @param settings the limits
 * @param own the time by this process
 */
public record SweepParts(
        Catalog catalog,
        RetentionView view,
        DatabaseArchives archives,
        CleanUpJobs cleanUps,
        EngineSettings settings,
        InstantSource own) {}
