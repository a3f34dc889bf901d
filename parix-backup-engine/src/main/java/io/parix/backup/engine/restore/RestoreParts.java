package io.parix.backup.engine.restore;

import io.parix.backup.engine.provider.DatabaseArchives;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.engine.verify.DamageRecords;
import io.parix.backup.engine.work.Bench;
import io.parix.backup.host.RestoreHost;
import io.parix.backup.spi.catalog.Catalog;

/**
 * What the steps of a restore work with.
 *
 * @param catalog where the backup is found
 * @param host who carries it out
 * @param archives where the backup lies
 * @param eligibility the checks that are made again at the start
 * @param damage puts damage on record that staging met
 * @param bench threads and spool
 * @param afterwards what else a restored database needs
 * @param settings the limits
 */
public record RestoreParts(
        Catalog catalog,
        RestoreHost host,
        DatabaseArchives archives,
        EligibilityCheck eligibility,
        DamageRecords damage,
        Bench bench,
        AfterRestore afterwards,
        EngineSettings settings) {}
