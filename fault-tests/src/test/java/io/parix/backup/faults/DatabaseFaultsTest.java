package io.parix.backup.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariDataSource;
import io.parix.backup.Backup;
import io.parix.backup.BackupEvent;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The catalog's database fails while jobs run: they pause, go on, and nothing is lost or done twice. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatabaseFaultsTest {
    private static final int LOAD = 6;

    private Postgres postgres;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        postgres = Postgres.in(folder);
    }

    @AfterAll
    void stop() throws Exception {
        postgres.close();
    }

    @Test
    @DisplayName("B4 PostgreSQL is killed under load and started again, twice: jobs pause and go on")
    void restarted() throws Exception {
        try (MemoryFleet fleet = new MemoryFleet(LOAD, MemoryFleet.pool(postgres.emptyUrl()), write -> {})) {
            List<Backup> asked = new ArrayList<>();
            for (int i = 0; i < LOAD; i++) {
                asked.add(fleet.ask(i));
            }
            fleet.await(BackupEvent.Kind.BACKUP_STARTED);
            restartUnder(fleet);
            fleet.await(BackupEvent.Kind.BACKUP_COMPLETED);
            restartUnder(fleet);
            for (int i = 0; i < LOAD; i++) {
                fleet.requireWhole(i, asked.get(i));
            }
        }
    }

    private void restartUnder(MemoryFleet fleet) throws Exception {
        postgres.kill();
        fleet.awaitFailures(3, ErrorKind.UNAVAILABLE, ErrorKind.OUTCOME_UNKNOWN);
        postgres.startAgain();
    }

    @Test
    @DisplayName(
            "J5 a database whose disk is full (SQLSTATE 53100, raised by a trigger) is told as quota and waited for")
    void diskFull() throws Exception {
        HikariDataSource pool = MemoryFleet.pool(postgres.emptyUrl());
        AtomicInteger writes = new AtomicInteger();
        try (MemoryFleet fleet = new MemoryFleet(2, pool, write -> {
            if (writes.incrementAndGet() == 2) {
                execute(
                        pool,
                        "create function disk_full() returns trigger language plpgsql as"
                                + " $$ begin raise exception 'could not extend file' using errcode = '53100'; end $$",
                        "create trigger disk_full before insert or update on parix_job"
                                + " for each row execute function disk_full()");
            }
        })) {
            Backup asked = fleet.ask(0);
            // The step, its note that it waits, and then whoever wants to claim the job.
            fleet.awaitFailures(3, ErrorKind.QUOTA);
            assertThat(catchThrowableOfType(ProviderException.class, () -> fleet.ask(1))
                            .kind())
                    .isEqualTo(ErrorKind.QUOTA);
            execute(pool, "drop trigger disk_full on parix_job");
            fleet.requireWhole(0, asked);
            fleet.requireWhole(1, fleet.ask(1));
            assertThat(fleet.failures()).isSubsetOf(ErrorKind.QUOTA);
        }
    }

    @Test
    @DisplayName(
            "B4 connections are lost in the middle of commits, which arrived or did not: nothing is lost or done twice")
    void lostInTheMiddleOfCommits() throws Exception {
        AtomicInteger writes = new AtomicInteger();
        AtomicInteger cuts = new AtomicInteger();
        try (CutProxy proxy = CutProxy.to(postgres.port());
                MemoryFleet fleet = new MemoryFleet(2, MemoryFleet.pool(through(proxy)), write -> {
                    if (writes.incrementAndGet() % 3 == 0 && proxy.hasCut()) {
                        proxy.cutNext(
                                cuts.incrementAndGet() % 2 == 0
                                        ? CutProxy.Cut.BEFORE_IT_ARRIVES
                                        : CutProxy.Cut.BEFORE_THE_ANSWER);
                    }
                })) {
            Backup first = fleet.ask(0);
            Backup second = fleet.ask(1);
            fleet.requireWhole(0, first);
            fleet.requireWhole(1, second);
            assertThat(cuts).hasValueGreaterThan(3);
            assertThat(fleet.failures()).contains(ErrorKind.OUTCOME_UNKNOWN).isSubsetOf(ErrorKind.OUTCOME_UNKNOWN);
        }
    }

    private String through(CutProxy proxy) throws Exception {
        return postgres.emptyUrl().replace(":" + postgres.port() + "/", ":" + proxy.port() + "/")
                + "&sslmode=disable&gssEncMode=disable&prepareThreshold=0";
    }

    @Test
    @DisplayName(
            "J5 a row that another session keeps locked makes statements time out; the job goes on when it is free")
    void statementTimeout() throws Exception {
        HikariDataSource pool = MemoryFleet.pool(postgres.emptyUrl());
        try (MemoryFleet fleet = new MemoryFleet(1, pool, write -> {});
                Connection blocker = pool.getConnection()) {
            blocker.setAutoCommit(false);
            Backup asked = fleet.ask(0);
            try (Statement statement = blocker.createStatement()) {
                statement.execute("select * from parix_job for update");
            }
            fleet.awaitFailures(2, ErrorKind.UNAVAILABLE);
            blocker.rollback();
            fleet.requireWhole(0, asked);
            assertThat(fleet.failures()).isSubsetOf(ErrorKind.UNAVAILABLE);
        }
    }

    private static void execute(HikariDataSource pool, String... statements) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
