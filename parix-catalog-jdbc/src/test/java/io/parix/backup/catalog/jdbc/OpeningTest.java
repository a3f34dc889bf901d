package io.parix.backup.catalog.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariDataSource;
import io.parix.backup.DatabaseId;
import io.parix.backup.Workflow;
import io.parix.backup.WorkflowKind;
import io.parix.backup.spi.ConfigurationException;
import io.parix.backup.spi.ConfigurationMistake;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a catalog is opened with. */
class OpeningTest {
    private static final DatabaseId DB = new DatabaseId("db");
    private static final CatalogSettings SETTINGS = CatalogSettings.defaults();

    @TempDir
    private Path folder;

    private String file() {
        return "jdbc:h2:" + folder.resolve("catalog");
    }

    @Test
    @DisplayName("B4 an H2 that acknowledges before it writes is refused, and says what to do; then it is not")
    void writeDelay() throws SQLException {
        try (Connection keptOpen = DriverManager.getConnection(file());
                HikariDataSource pool = TestPlace.pool(file());
                Statement statement = keptOpen.createStatement()) {
            ConfigurationException refused =
                    catchThrowableOfType(ConfigurationException.class, () -> JdbcCatalog.open(pool, SETTINGS));
            assertThat(refused.mistakes()).extracting(ConfigurationMistake::key).containsExactly("WRITE_DELAY");
            assertThat(refused).hasMessageContaining("500").hasMessageContaining(";WRITE_DELAY=0");
            statement.execute("set write_delay 0");
            assertThat(JdbcCatalog.open(pool, SETTINGS).now()).isNotNull();
        }
    }

    @Test
    @DisplayName("B4 a PostgreSQL that acknowledges before it writes is refused, and says what to do; then it is not")
    void synchronousCommit() {
        String url = TestPlace.POSTGRESQL.emptyUrl();
        try (HikariDataSource off = TestPlace.pool(url + "&options=-c%20synchronous_commit=off");
                HikariDataSource on = TestPlace.pool(url)) {
            ConfigurationException refused =
                    catchThrowableOfType(ConfigurationException.class, () -> JdbcCatalog.open(off, SETTINGS));
            assertThat(refused.mistakes()).extracting(ConfigurationMistake::key).containsExactly("synchronous_commit");
            assertThat(refused).hasMessageContaining("ALTER ROLE");
            assertThat(JdbcCatalog.open(on, SETTINGS).now()).isNotNull();
        }
    }

    @Test
    @DisplayName("B4 an H2 that it opens by itself writes at once, keeps what it was given, and is free after close")
    void ownDatabase() {
        Workflow mine = new Workflow(WorkflowKind.IMPORT, "i1");
        String installation;
        try (JdbcCatalog catalog = JdbcCatalog.open(DatabaseUrl.of(file()), SETTINGS)) {
            installation = catalog.installation();
            assertThat(catalog.acquire(DB, mine)).isEmpty();
        }
        try (JdbcCatalog catalog = JdbcCatalog.open(DatabaseUrl.of(file() + ";WRITE_DELAY=0"), SETTINGS)) {
            assertThat(catalog.installation()).isEqualTo(installation);
            assertThat(catalog.occupant(DB)).contains(mine);
        }
    }

    @Test
    @DisplayName("J5 settings out of their bounds are told all at once, and the bounds themselves are in")
    void bounds() {
        assertThat(mistakes(() -> new CatalogSettings(Duration.ZERO, Duration.ofMillis(1_500))))
                .containsExactly("queryTimeout", "connectTimeout");
        assertThat(mistakes(() -> new CatalogSettings(Duration.ofSeconds(301), Duration.ofSeconds(301))))
                .containsExactly("queryTimeout", "connectTimeout");
        assertThat(new CatalogSettings(Duration.ofSeconds(1), Duration.ofMinutes(5)))
                .isNotNull();
        assertThat(mistakes(() -> new DispatchSettings(
                        0,
                        Duration.ofMillis(9),
                        Duration.ofSeconds(61),
                        Duration.ofMillis(3_999),
                        Duration.ofMillis(-1))))
                .containsExactly("workers", "pollEvery", "tickEvery", "deadAfter", "closeWithin");
        assertThat(new DispatchSettings(
                        64, Duration.ofMillis(10), Duration.ofMinutes(1), Duration.ofSeconds(4), Duration.ZERO))
                .isNotNull();
        assertThat(mistakes(() -> DispatchSettings.builder().workers(65).build()))
                .containsExactly("workers");
    }

    @Test
    @DisplayName(
            "I4 a URL of another database, with a delay, or with a password and no user is refused and not printed")
    void urls() {
        assertThat(mistakes(() -> DatabaseUrl.of("jdbc:mysql://host/db"))).containsExactly("url");
        assertThat(mistakes(() -> new DatabaseUrl("jdbc:h2:mem:x;write_delay=00500", null, "secret")))
                .containsExactly("url", "user");
        assertThat(DatabaseUrl.of("jdbc:h2:mem:x").url()).isEqualTo("jdbc:h2:mem:x;WRITE_DELAY=0");
        assertThat(DatabaseUrl.of("jdbc:h2:mem:x;write_delay=0;MODE=REGULAR").url())
                .isEqualTo("jdbc:h2:mem:x;write_delay=0;MODE=REGULAR");
        DatabaseUrl place = new DatabaseUrl("jdbc:postgresql://ada:pw1@host/db?password=pw2", "ada", "pw3");
        assertThat(place.toString()).isEqualTo("jdbc:postgresql://host/db").doesNotContain("pw");
        assertThat(DatabaseUrl.of("jdbc:postgresql://ada:p?w;1/@host/db").toString())
                .isEqualTo("jdbc:postgresql://host/db");
    }

    @Test
    @DisplayName("I4 a URL that no driver takes is a mistake of the settings, and is not printed")
    void noDriver() throws SQLException {
        Driver driver = DriverManager.getDriver("jdbc:postgresql://host/db");
        DriverManager.deregisterDriver(driver);
        try {
            DatabaseUrl place = DatabaseUrl.of("jdbc:postgresql://host/db?password=sesame");
            ConfigurationException refused =
                    catchThrowableOfType(ConfigurationException.class, () -> JdbcCatalog.open(place, SETTINGS));
            assertThat(refused.mistakes()).extracting(ConfigurationMistake::key).containsExactly("url");
            assertThat(refused).hasNoCause().hasMessageNotContaining("sesame");
        } finally {
            DriverManager.registerDriver(driver);
        }
    }

    @Test
    @DisplayName("I4 a server that is not there is unavailable, and no message tells the password")
    void unreachable() {
        DatabaseUrl place = new DatabaseUrl("jdbc:postgresql://127.0.0.1:1/db", "ada", "sesame");
        ProviderException failure =
                catchThrowableOfType(ProviderException.class, () -> JdbcCatalog.open(place, SETTINGS));
        assertThat(failure.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(failure).hasMessageContaining("127.0.0.1:1").hasMessageNotContaining("sesame");
    }

    @Test
    @DisplayName("I4 a wrong password is denied")
    void denied() {
        JdbcCatalog.open(new DatabaseUrl(file(), "ada", "right"), SETTINGS).close();
        assertThatThrownBy(() -> JdbcCatalog.open(new DatabaseUrl(file(), "ada", "wrong"), SETTINGS))
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.DENIED));
    }

    private static List<String> mistakes(ThrowingCallable call) {
        return catchThrowableOfType(ConfigurationException.class, call).mistakes().stream()
                .map(ConfigurationMistake::key)
                .toList();
    }
}
