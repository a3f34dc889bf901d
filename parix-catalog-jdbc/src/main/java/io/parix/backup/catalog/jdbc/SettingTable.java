package io.parix.backup.catalog.jdbc;

import io.parix.backup.spi.catalog.SettingRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * What was decided once and holds on; the primary key is the name.
 *
 * <p>A row that is not there cannot be locked. So whoever makes one locks the installation's row first, and whoever must be sure that there
 * is none until its transaction ends does so, too.
 */
final class SettingTable {
    private static final String INSTALLATION = "select id from parix_installation where singleton = 1";

    private SettingTable() {}

    static Optional<SettingRecord> find(Session session, String name) throws SQLException {
        return session.one("select name, version, payload from parix_setting where name = ?", SettingTable::read, name);
    }

    /** Makes a setting; a name that is taken is a violation. */
    static SettingRecord insert(Session session, SettingRecord first) throws SQLException {
        var unused = session.one(INSTALLATION + " for update", row -> true);
        session.update(
                "insert into parix_setting (name, version, payload) values (?, 1, ?)", first.name(), first.payload());
        return new SettingRecord(first.name(), 1, first.payload());
    }

    /** Writes a row one version on; empty when it has moved on. */
    static Optional<SettingRecord> write(Session session, SettingRecord next) throws SQLException {
        int written = session.update(
                "update parix_setting set version = version + 1, payload = ? where name = ? and version = ?",
                next.payload(),
                next.name(),
                next.version());
        return written == 0
                ? Optional.empty()
                : Optional.of(new SettingRecord(next.name(), next.version() + 1, next.payload()));
    }

    /** Nobody makes a setting until the transaction ends. */
    static void keepNewOnesOut(Session session) throws SQLException {
        var unused = session.one(INSTALLATION + session.dialect().untouched(), row -> true);
    }

    /** The version that is there, 0 where there is none; nobody changes the row until the transaction ends. */
    static long lockVersion(Session session, String name) throws SQLException {
        return session.one(
                        "select version from parix_setting where name = ?"
                                + session.dialect().untouched(),
                        row -> row.getLong("version"),
                        name)
                .orElse(0L);
    }

    private static SettingRecord read(ResultSet row) throws SQLException {
        return new SettingRecord(row.getString("name"), row.getLong("version"), row.getString("payload"));
    }
}
