package io.parix.backup.catalog.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariDataSource;
import io.parix.backup.DatabaseId;
import io.parix.backup.JobStatus;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.catalog.Inserted;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.JobWrite;
import io.parix.backup.spi.catalog.NewJob;
import io.parix.backup.spi.catalog.SettingRecord;
import io.parix.backup.spi.catalog.StepProgress;
import io.parix.backup.spi.catalog.WriteCondition;
import io.parix.backup.spi.catalog.WriteCondition.ClaimStands;
import io.parix.backup.spi.catalog.WriteCondition.JobStands;
import io.parix.backup.spi.catalog.WriteCondition.SettingStands;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process stops right before the commit of a write, for as long as it likes: what the write rests on stays as it is. */
class ConditionLockTest {
    private static final DatabaseId DB = new DatabaseId("db");
    private static final Duration LEASE = Duration.ofMinutes(1);

    /** What happens before the next commit. */
    private final AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});

    @ParameterizedTest
    @EnumSource(names = {"H2_MEMORY", "POSTGRESQL"})
    @DisplayName("CAT-82 until a write is committed, nobody changes or makes a row that it rests on; then it is done")
    void untilTheCommit(TestPlace place) {
        String url = place.emptyUrl();
        String impatient = url + (place == TestPlace.POSTGRESQL ? "&options=-c%20lock_timeout=50" : ";LOCK_TIMEOUT=50");
        try (HikariDataSource pool = TestPlace.pool(url);
                HikariDataSource others = TestPlace.pool(impatient)) {
            JdbcCatalog catalog = pausing(pool);
            JdbcCatalog other = JdbcCatalog.open(others, CatalogSettings.defaults());
            JobRecord cleanUp = held(catalog, "c1", JobKind.CLEAN_UP);
            JobRecord newest = held(catalog, "c2", JobKind.CLEAN_UP);
            JobRecord backup = held(catalog, "b1", JobKind.BACKUP);
            assertThat(catalog.write(new SettingRecord("there", 0, "first"))).isPresent();
            Map<WriteCondition, Consumer<JdbcCatalog>> changes = Map.of(
                    new ClaimStands("c1", cleanUp.claimed().orElseThrow().fence()),
                    by -> by.heartbeat(cleanUp, LEASE, StepProgress.NONE),
                    new JobStands("c2", newest.version()),
                    by -> by.write(JobWrite.of(newest.moved(JobStatus.RUNNING, "on", "{}", null))),
                    new SettingStands("there", 1),
                    by -> assertThat(by.write(new SettingRecord("there", 1, "second")))
                            .isPresent(),
                    new SettingStands("none", 0),
                    by -> assertThat(by.write(new SettingRecord("none", 0, "first")))
                            .isPresent());
            Map<WriteCondition, ErrorKind> refused = new HashMap<>();
            meanwhile.set(() -> changes.forEach((rests, change) -> refused.put(
                    rests,
                    catchThrowableOfType(ProviderException.class, () -> change.accept(other))
                            .kind())));

            JobRecord written = catalog.write(over(backup).provided(changes.keySet()));

            assertThat(refused.keySet()).isEqualTo(changes.keySet());
            assertThat(Set.copyOf(refused.values())).containsExactly(ErrorKind.UNAVAILABLE);
            assertThat(other.find("b1")).contains(written);
            changes.values().forEach(change -> change.accept(other));
        }
    }

    @Test
    @DisplayName("CAT-82 on PostgreSQL, writes that rest on the same settings do not wait for one another")
    void sharesWhatItRestsOn() {
        try (HikariDataSource pool = TestPlace.pool(TestPlace.POSTGRESQL.emptyUrl())) {
            JdbcCatalog catalog = pausing(pool);
            JobRecord first = held(catalog, "c1", JobKind.CLEAN_UP);
            JobRecord second = held(catalog, "c2", JobKind.CLEAN_UP);
            assertThat(catalog.write(new SettingRecord("there", 0, "first"))).isPresent();
            Set<WriteCondition> rests = Set.of(new SettingStands("there", 1), new SettingStands("none", 0));
            meanwhile.set(() -> catalog.write(over(second).provided(rests)));

            catalog.write(over(first).provided(rests));

            assertThat(catalog.find(Set.of("c1", "c2")))
                    .extracting(JobRecord::status)
                    .containsOnly(JobStatus.COMPLETED);
        }
    }

    private JdbcCatalog pausing(DataSource pool) {
        return JdbcCatalog.open(
                FaultySource.beforeCommit(
                        pool, connection -> meanwhile.getAndSet(() -> {}).run()),
                CatalogSettings.defaults());
    }

    private static JobWrite over(JobRecord row) {
        return JobWrite.of(row.moved(JobStatus.COMPLETED, "done", "{}", null));
    }

    private static JobRecord held(JdbcCatalog catalog, String id, JobKind kind) {
        JobRecord row = new JobRecord(
                id,
                1,
                kind,
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
        Inserted inserted = catalog.insert(new NewJob(row, null, null));
        return catalog.claim(((Inserted.Created) inserted).row(), "w1", LEASE);
    }
}
