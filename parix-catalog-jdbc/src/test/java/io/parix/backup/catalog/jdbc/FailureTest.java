package io.parix.backup.catalog.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariDataSource;
import io.parix.backup.BackupEvent;
import io.parix.backup.DatabaseId;
import io.parix.backup.JobStatus;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.catalog.Inserted;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.NewJob;
import io.parix.backup.spi.catalog.StepProgress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a database that fails turns into. */
class FailureTest {
    private static final DatabaseId DB = new DatabaseId("db");
    private static final CatalogSettings IMPATIENT = new CatalogSettings(Duration.ofSeconds(1), Duration.ofSeconds(1));

    private final HikariDataSource postgres = TestPlace.pool(TestPlace.POSTGRESQL.emptyUrl());
    private final JdbcCatalog catalog = JdbcCatalog.open(postgres, CatalogSettings.defaults());

    @AfterEach
    void close() {
        postgres.close();
    }

    @ParameterizedTest(name = "{0} → {1}, at the commit {2}")
    @CsvSource({
        "08006, UNAVAILABLE, OUTCOME_UNKNOWN",
        "57P01, UNAVAILABLE, OUTCOME_UNKNOWN",
        "57014, UNAVAILABLE, OUTCOME_UNKNOWN",
        "40001, UNAVAILABLE, UNAVAILABLE",
        "40P01, UNAVAILABLE, UNAVAILABLE",
        "40003, UNAVAILABLE, OUTCOME_UNKNOWN",
        "53100, QUOTA, QUOTA",
        "53300, UNAVAILABLE, UNAVAILABLE",
        "25006, UNAVAILABLE, OUTCOME_UNKNOWN",
        "42501, DENIED, OUTCOME_UNKNOWN",
        "28P01, DENIED, OUTCOME_UNKNOWN",
        "42P01, INVALID_REQUEST, OUTCOME_UNKNOWN",
        "22001, INVALID_REQUEST, OUTCOME_UNKNOWN",
        "23503, INVALID_REQUEST, INVALID_REQUEST",
        "XX001, CORRUPT, OUTCOME_UNKNOWN",
        "90030, CORRUPT, OUTCOME_UNKNOWN",
        "90028, UNAVAILABLE, OUTCOME_UNKNOWN",
        "90098, UNAVAILABLE, OUTCOME_UNKNOWN",
        "HYT00, UNAVAILABLE, OUTCOME_UNKNOWN",
        ", UNAVAILABLE, OUTCOME_UNKNOWN",
        "0, UNAVAILABLE, OUTCOME_UNKNOWN"
    })
    @DisplayName("I4 a state of the database has a kind, and another one where the commit was asked for")
    void kinds(String state, ErrorKind before, ErrorKind atCommit) {
        SQLException failure = new SQLException("told in any words", state);
        assertThat(SqlFailures.before("write job b1", failure))
                .hasMessageContaining("write job b1")
                .hasCause(failure)
                .extracting(ProviderException::kind)
                .isEqualTo(before);
        assertThat(SqlFailures.atCommit("write job b1", failure).kind()).isEqualTo(atCommit);
    }

    @Test
    @DisplayName("B4 a connection lost in the middle of a commit is of unknown outcome, and the call may be repeated")
    void lostCommit() {
        AtomicBoolean armed = new AtomicBoolean(true);
        DataSource faulty = FaultySource.beforeCommit(postgres, connection -> {
            if (armed.getAndSet(false)) {
                terminate(connection);
            }
        });
        armed.set(false);
        JdbcCatalog unlucky = JdbcCatalog.open(faulty, CatalogSettings.defaults());
        NewJob job = job("b1");
        armed.set(true);
        assertThat(kindOf(() -> unlucky.insert(job))).isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
        assertThat(unlucky.insert(job)).isInstanceOf(Inserted.Created.class);
    }

    @Test
    @DisplayName("B4 the answer of a commit is lost after it happened: repeating the call finds what it did")
    void lostAnswer() {
        AtomicBoolean armed = new AtomicBoolean();
        DataSource faulty = FaultySource.beforeCommit(postgres, connection -> {
            if (armed.getAndSet(false)) {
                connection.commit();
                terminate(connection);
            }
        });
        JdbcCatalog unlucky = JdbcCatalog.open(faulty, CatalogSettings.defaults());
        NewJob job = job("b1");
        armed.set(true);
        assertThat(kindOf(() -> unlucky.insert(job))).isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
        assertThat(unlucky.insert(job))
                .isEqualTo(new Inserted.Existing(catalog.find("b1").orElseThrow()));
        assertThat(catalog.undelivered(10)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(TestPlace.class)
    @DisplayName(
            "J5 a statement that takes too long is given up as unavailable, changes nothing, and works when repeated")
    void timeout(TestPlace place) throws Exception {
        try (HikariDataSource pool = TestPlace.pool(place.emptyUrl());
                Connection blocker = pool.getConnection()) {
            JdbcCatalog impatient = JdbcCatalog.open(pool, IMPATIENT);
            JobRecord row = ((Inserted.Created) impatient.insert(job("b1"))).row();
            blocker.setAutoCommit(false);
            try (Statement statement = blocker.createStatement()) {
                statement.execute("select * from parix_job for update");
            }
            assertThat(kindOf(() -> impatient.claim(row, "w1", Duration.ofMinutes(1))))
                    .isEqualTo(ErrorKind.UNAVAILABLE);
            blocker.rollback();
            assertThat(impatient.find("b1")).contains(row);
            assertThat(impatient.claim(row, "w1", Duration.ofMinutes(1)).version())
                    .isEqualTo(2);
        }
    }

    @Test
    @DisplayName("I4 a database that is gone is unavailable, and a value too long for its column an invalid request")
    void gone() {
        assertThat(kindOf(() -> catalog.insert(job("b".repeat(200))))).isEqualTo(ErrorKind.INVALID_REQUEST);
        assertThat(catalog.occupant(DB)).isEmpty();
        postgres.close();
        assertThat(kindOf(catalog::now)).isEqualTo(ErrorKind.UNAVAILABLE);
    }

    private static void terminate(Connection connection) throws SQLException {
        int backend;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
            row.next();
            backend = row.getInt(1);
        }
        try (Connection other =
                        DriverManager.getConnection(connection.getMetaData().getURL(), "postgres", "postgres");
                Statement statement = other.createStatement()) {
            statement.execute("select pg_terminate_backend(" + backend + ", 10000)");
        }
    }

    private static ErrorKind kindOf(ThrowingCallable call) {
        return catchThrowableOfType(ProviderException.class, call).kind();
    }

    private NewJob job(String id) {
        JobRecord row = new JobRecord(
                id,
                1,
                JobKind.BACKUP,
                DB,
                "eu",
                JobStatus.QUEUED,
                "queued",
                0,
                catalog.now(),
                catalog.now(),
                null,
                0,
                StepProgress.NONE,
                "{}");
        return new NewJob(
                row,
                null,
                new BackupEvent(id + "-1", BackupEvent.Kind.BACKUP_REQUESTED, DB, id, row.requestedAt(), null));
    }
}
