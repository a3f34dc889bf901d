package io.parix.backup.engine.retention;

import io.parix.backup.OrganizationId;
import io.parix.backup.RetentionSetting;
import io.parix.backup.engine.row.ConflictRetry;
import io.parix.backup.engine.row.RetentionRow;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.CatalogConflictException;
import io.parix.backup.spi.catalog.SettingRecord;
import io.parix.backup.spi.catalog.WriteCondition;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * How long each organization keeps its backups, as the catalog has it. Safe for concurrent calls.
 *
 * @param catalog where it is kept
 */
record RetentionSettings(Catalog catalog) {
    private static final String PREFIX = "retention/";

    /**
     * A setting as it is stored.
     *
     * @param setting the setting; the default where none is stored
     * @param stands that it is so still
     */
    record Stored(RetentionSetting setting, WriteCondition stands) {}

    /** The setting as it is stored; the default where none is. */
    Stored stored(OrganizationId organization) {
        Optional<SettingRecord> there = row(organization);
        long version = there.map(SettingRecord::version).orElse(0L);
        return new Stored(
                there.map(RetentionRow::read).orElse(RetentionSetting.DEFAULT),
                new WriteCondition.SettingStands(name(organization), version));
    }

    /** Changes a setting, over whoever changes it at the same time. */
    RetentionSetting change(OrganizationId organization, ConflictRetry retry, UnaryOperator<RetentionSetting> change) {
        return retry.run("change the retention of organization " + organization, () -> changed(organization, change));
    }

    private RetentionSetting changed(OrganizationId organization, UnaryOperator<RetentionSetting> change) {
        Optional<SettingRecord> there = row(organization);
        RetentionSetting before = there.map(RetentionRow::read).orElse(RetentionSetting.DEFAULT);
        RetentionSetting after = change.apply(before);
        if (after.equals(before)) {
            return before;
        }
        long version = there.map(SettingRecord::version).orElse(0L);
        SettingRecord next = new SettingRecord(name(organization), version, RetentionRow.write(after));
        if (catalog.write(next).isEmpty()) {
            throw new CatalogConflictException(next.name(), version, null);
        }
        return after;
    }

    private Optional<SettingRecord> row(OrganizationId organization) {
        return catalog.setting(name(organization));
    }

    private static String name(OrganizationId organization) {
        return PREFIX + organization;
    }
}
