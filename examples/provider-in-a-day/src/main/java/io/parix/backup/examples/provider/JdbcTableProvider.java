package io.parix.backup.examples.provider;

import io.parix.backup.spi.BackupProvider;
import io.parix.backup.spi.ConfigurationMistake;
import io.parix.backup.spi.ProviderSession;
import io.parix.backup.spi.StorageLocation;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A table of H2 or PostgreSQL as a place for backups.
 *
 * <p>Settings: {@code url}, a JDBC URL without a password, unless the provider was made with a source of connections; {@code create},
 * {@code true} to make the table where it is missing, {@code false} unless set, so that an empty database in the wrong place is an
 * error and not a new, empty store.
 */
public final class JdbcTableProvider implements BackupProvider {
    /** Its id. */
    public static final String ID = "jdbc-table";

    private final @Nullable DataSource source;

    /** The provider as {@link java.util.ServiceLoader} makes it: it connects by the setting {@code url}, anew for each call. */
    public JdbcTableProvider() {
        this.source = null;
    }

    /**
     * A provider that is handed in.
     *
     * @param source where its connections come from; a pool of its own, for it sets their timeouts
     */
    public JdbcTableProvider(DataSource source) {
        this.source = source;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public int spiVersion() {
        return SPI_VERSION;
    }

    @Override
    public List<ConfigurationMistake> check(StorageLocation location) {
        return settings(location).mistakes();
    }

    @Override
    public ProviderSession open(StorageLocation location) {
        JdbcTableSettings settings = settings(location);
        settings.requireRight();
        Database database = source == null ? Database.at(settings.url()) : Database.of(source);
        try {
            return new JdbcTableSession(database, Table.open(database, settings));
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private JdbcTableSettings settings(StorageLocation location) {
        return source == null
                ? JdbcTableSettings.withUrl(location.settings())
                : JdbcTableSettings.withoutUrl(location.settings());
    }
}
