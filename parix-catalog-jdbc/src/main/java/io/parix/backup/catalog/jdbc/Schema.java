package io.parix.backup.catalog.jdbc;

import io.parix.backup.spi.ConfigurationException;
import io.parix.backup.spi.ConfigurationMistake;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;

/** Brings the tables to this version. Several nodes may do so at once: one does, the others wait for it. */
final class Schema {
    static final String HISTORY_TABLE = "parix_catalog_history";
    private static final String MIGRATIONS = "classpath:io/parix/backup/catalog/jdbc/migration";

    private Schema() {}

    static void migrate(DataSource source, Dialect dialect) {
        try {
            MigrationTurn.during(source, dialect, () -> bringUpToDate(source, dialect));
        } catch (SQLException e) {
            throw SqlFailures.before("bring the tables up to date", e);
        }
    }

    private static void bringUpToDate(DataSource source, Dialect dialect) {
        try {
            Flyway flyway = flyway(source, dialect, null);
            requireNotNewer(flyway);
            flyway.migrate();
        } catch (FlywayException e) {
            throw failure(e);
        }
    }

    /** Flyway up to a version; up to the newest where none is given. */
    static Flyway flyway(DataSource source, Dialect dialect, @Nullable MigrationVersion upTo) {
        FluentConfiguration configuration = Flyway.configure(Schema.class.getClassLoader())
                .dataSource(source)
                .locations(MIGRATIONS)
                .table(HISTORY_TABLE)
                // A schema may hold a host's own tables; ours begin with parix_.
                .baselineOnMigrate(true)
                .baselineVersion(MigrationVersion.fromVersion("0"))
                .placeholders(dialect.placeholders())
                .cleanDisabled(true);
        return (upTo == null ? configuration : configuration.target(upTo)).load();
    }

    /** {@return every version that this library brings along, oldest first} */
    static List<MigrationVersion> versions(Flyway flyway) {
        return Arrays.stream(flyway.info().all())
                .filter(migration -> migration.getState().isResolved())
                .map(MigrationInfo::getVersion)
                .filter(version -> version != null && version.isNewerThan("0"))
                .sorted()
                .toList();
    }

    private static void requireNotNewer(Flyway flyway) {
        MigrationInfo current = flyway.info().current();
        List<MigrationVersion> known = versions(flyway);
        MigrationVersion newest = known.get(known.size() - 1);
        if (current != null && current.getVersion().compareTo(newest) > 0) {
            throw mistake("it is at version " + current.getVersion() + ", and this library knows versions up to "
                    + newest + ": a newer one was here. Use that one");
        }
    }

    private static RuntimeException failure(FlywayException failure) {
        Optional<SQLException> sql = Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .findFirst();
        if (sql.isPresent()) {
            return SqlFailures.before("bring the tables up to date", sql.get());
        }
        return new ProviderException(
                ErrorKind.INVALID_REQUEST,
                "Cannot bring the catalog's tables up to date: " + failure.getMessage(),
                failure);
    }

    private static ConfigurationException mistake(String problem) {
        return new ConfigurationException("the catalog", List.of(new ConfigurationMistake("schema", problem)));
    }
}
