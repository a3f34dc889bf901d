package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.ACTOR;
import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.Backup;
import io.parix.backup.BackupAnswer;
import io.parix.backup.BackupRequest;
import io.parix.backup.JobStatus;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.engine.intake.JobIds;
import io.parix.backup.engine.row.CleanUpRow;
import io.parix.backup.engine.sweep.CleanUpJobs;
import io.parix.backup.spi.ConfigurationException;
import io.parix.backup.spi.catalog.HistoryQuery;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RegionJobTest {
    private final EngineFixture engine = new EngineFixture();
    private final SteppedDispatcher elsewhere = new SteppedDispatcher(engine.clock);

    @AfterEach
    void close() {
        engine.close();
    }

    private ParixBackup serving(Set<String> regions) {
        return engine.builder(engine.catalog, engine.provider, elsewhere, 8)
                .regions(regions)
                .build();
    }

    @Test
    @DisplayName("B4 a worker of another region takes a request, leaves the job alone, and one that serves it runs it")
    void leftToItsRegion() {
        try (ParixBackup us = serving(Set.of("us-east-1")).start()) {
            Backup asked = ((BackupAnswer.Accepted) us.backups().request(BackupRequest.of(DATABASE, ACTOR))).backup();
            elsewhere.tick();
            elsewhere.runUntilQuiet();
            assertThat(us.backups().find(asked.id()).orElseThrow().status()).isEqualTo(JobStatus.QUEUED);
            engine.dispatcher.tick();
            engine.dispatcher.runUntilQuiet();
            assertThat(us.backups().find(asked.id()).orElseThrow().status()).isEqualTo(JobStatus.COMPLETED);
        }
    }

    @Test
    @DisplayName("B4 a worker that names the region among others runs the job")
    void servesSeveral() {
        try (ParixBackup both = serving(Set.of("us-east-1", "eu-central-1")).start()) {
            Backup asked = ((BackupAnswer.Accepted) both.backups().request(BackupRequest.of(DATABASE, ACTOR))).backup();
            elsewhere.runUntilQuiet();
            assertThat(both.backups().find(asked.id()).orElseThrow().status()).isEqualTo(JobStatus.COMPLETED);
        }
    }

    @Test
    @DisplayName("C2 the rows of a backup and of its restore carry the region of the database")
    void carriesTheRegion() {
        Backup backup = engine.backup();
        assertThat(engine.restore(backup).status()).isEqualTo(JobStatus.COMPLETED);
        for (JobKind kind : JobKind.values()) {
            assertThat(engine.catalog.history(HistoryQuery.newest(DATABASE, kind, 10)))
                    .extracting(JobRecord::region)
                    .containsExactly("eu-central-1");
        }
    }

    private JobRecord cleanUp() {
        return engine.catalog.keyed(DATABASE, JobKind.CLEAN_UP, CleanUpRow.KEY).orElseThrow();
    }

    private void ensure(String region) {
        new CleanUpJobs(engine.catalog, new JobIds(new Random(5))).ensure(DATABASE, region);
    }

    @Test
    @DisplayName("C11 H3 the clean-up of a database whose region nobody knows is looked at by a worker of any region")
    void unknownRegion() {
        ensure(CleanUpRow.NOWHERE);
        try (ParixBackup us = serving(Set.of("us-east-1")).start()) {
            elsewhere.tick();
            assertThat(us).isNotNull();
        }
        assertThat(CleanUpRow.read(cleanUp()).lookedAt()).isNotNull();
    }

    @Test
    @DisplayName("H3 and that of a known region by a worker that serves it alone")
    void knownRegion() {
        ensure("eu-central-1");
        try (ParixBackup us = serving(Set.of("us-east-1")).start()) {
            elsewhere.tick();
            assertThat(us).isNotNull();
        }
        assertThat(CleanUpRow.read(cleanUp()).lookedAt()).isNull();
        engine.dispatcher.tick();
        assertThat(CleanUpRow.read(cleanUp()).lookedAt()).isNotNull();
    }

    @Test
    @DisplayName("H3 clean-up moves with its database: the next backup tells the region, what it remembers stays")
    void movesWithItsDatabase() {
        ensure("us-east-1");
        engine.dispatcher.tick();
        CleanUpRow.State before = CleanUpRow.read(cleanUp());
        assertThat(before.lookedAt()).isNotNull();

        engine.backup();

        assertThat(cleanUp().region()).isEqualTo("eu-central-1");
        assertThat(CleanUpRow.read(cleanUp()).lookedAt()).isEqualTo(before.lookedAt());
        assertThat(engine.catalog.history(HistoryQuery.newest(DATABASE, JobKind.CLEAN_UP, 10)))
                .hasSize(1);
    }

    @Test
    @DisplayName("J5 regions that no profile can have are refused when the engine is built")
    void refused() {
        assertThatThrownBy(() -> serving(Set.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("regions");
        assertThat(serving(Set.of("eu-central-1"))).isNotNull();
    }
}
