package io.parix.backup.examples.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parix.backup.spi.ConfigurationMistake;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.StorageLocation;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcTableSettingsTest {
    private static StorageLocation at(Map<String, String> settings) {
        return new StorageLocation(JdbcTableProvider.ID, settings, KeyPrefix.ROOT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://db/backups?user=parix&password=hunter2",
                "jdbc:postgresql://parix:hunter2@db/backups",
                "jdbc:h2:file:./backups;PASSWORD=hunter2",
                "jdbc:mysql://db/hunter2"
            })
    @DisplayName("SPI-04 a URL with a password is refused, since settings are stored, and is not told")
    void refusesSecrets(String url) {
        List<ConfigurationMistake> mistakes = new JdbcTableProvider().check(at(Map.of("url", url)));

        assertThat(mistakes).extracting(ConfigurationMistake::key).containsExactly("url");
        assertThat(mistakes.toString()).doesNotContain("hunter2");
    }

    @Test
    @DisplayName("SPI-74 a table that is not there is unavailable unless it is to be made")
    void makesNoTableUnasked() throws SQLException {
        String url = TestDatabase.H2.emptyUrl();
        JdbcTableProvider provider = new JdbcTableProvider();

        ProviderException e =
                catchThrowableOfType(ProviderException.class, () -> provider.open(at(Map.of("url", url))));
        assertThat(e.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
        provider.open(at(Map.of("url", url, "create", "true"))).close();
        provider.open(at(Map.of("url", url))).close();
    }

    @Test
    @DisplayName("a database that answers before it has written is refused")
    void refusesForgetfulDatabases() {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:forgetful;WRITE_DELAY=500");

        ProviderException e = catchThrowableOfType(
                ProviderException.class, () -> new JdbcTableProvider(source).open(Places.location()));
        assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
        assertThat(e).hasMessageContaining("WRITE_DELAY must be 0");
    }
}
