package io.parix.backup.catalog.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.spi.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What H2 has acknowledged is in its file: a copy that is made while nothing is written is what a kill would leave. */
class H2DurabilityTest {
    private static final int COMMITS = 300;
    private static final int LOOK_EVERY = 3;
    private static final int ROWS = 20;

    @TempDir
    private Path folder;

    @Test
    @DisplayName("B4 whenever the process is killed, H2 opens its file with everything that it acknowledged")
    void keepsWhatItAcknowledged() throws Exception {
        Random random = new Random(1);
        String url = DatabaseUrl.of("jdbc:h2:" + folder.resolve("catalog")).url();
        try (Connection anchor = DriverManager.getConnection(url)) {
            prepare(anchor);
            for (int number = 1; number <= COMMITS; number++) {
                commit(url, number, random);
                if (number % LOOK_EVERY == 0) {
                    assertThat(shownByCopy())
                            .as("what a kill leaves after commit %d", number)
                            .isEqualTo(number);
                }
            }
        }
    }

    private static void prepare(Connection anchor) throws SQLException {
        try (Statement statement = anchor.createStatement()) {
            statement.execute("create table kept (id int primary key, number int, text varchar)");
            // Space in the file is used again after so many milliseconds; by default after 45 s, which is too long for
            // a
            // test.
            statement.execute("set retention_time 100");
            for (int id = 0; id < ROWS; id++) {
                statement.execute("insert into kept values (" + id + ", 0, '')");
            }
        }
    }

    private static void commit(String url, int number, Random random) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                PreparedStatement update =
                        connection.prepareStatement("update kept set number = ?, text = ? where id = ?")) {
            connection.setAutoCommit(false);
            update.setInt(1, number);
            for (int id : new int[] {0, 1 + random.nextInt(ROWS - 1)}) {
                update.setString(2, "y".repeat(random.nextInt(9_000)));
                update.setInt(3, id);
                update.executeUpdate();
            }
            connection.commit();
        }
    }

    private int shownByCopy() throws IOException, SQLException {
        Files.copy(folder.resolve("catalog.mv.db"), folder.resolve("copy.mv.db"), StandardCopyOption.REPLACE_EXISTING);
        try (Connection copy = DriverManager.getConnection("jdbc:h2:" + folder.resolve("copy"));
                Statement statement = copy.createStatement();
                ResultSet row = statement.executeQuery("select number from kept where id = 0")) {
            row.next();
            return row.getInt(1);
        }
    }

    @Test
    @DisplayName("B4 the H2 that was found to forget is refused, and the ones before it are not")
    void refusesForgetfulVersion() {
        assertThatThrownBy(() -> Dialect.requireKeeping("2.5.252 (2026-09-23)"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("h2")
                .hasMessageContaining("2.4.240");
        assertThatCode(() -> Dialect.requireKeeping("2.4.240 (2025-09-22)")).doesNotThrowAnyException();
    }
}
