package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.ACTOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Backup;
import io.parix.backup.BackupAnswer;
import io.parix.backup.BackupRequest;
import io.parix.backup.ByteSize;
import io.parix.backup.DatabaseId;
import io.parix.backup.ErrorCode;
import io.parix.backup.JobStatus;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.host.DataKey;
import io.parix.backup.host.KeyPort;
import io.parix.backup.host.WrappedKey;
import io.parix.backup.testkit.catalog.InMemoryCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** C13: the data key that each run of an export asks for, and when. */
class FreshKeyTest {
    private static final DatabaseId OTHER = new DatabaseId("db-2");

    /** One export takes all of it. */
    private static final EngineSettings TIGHT = EngineSettings.builder()
            .memory(ByteSize.mebibytes(256))
            .segmentSize(ByteSize.mebibytes(32))
            .segmentsInFlight(8)
            .transferWorkers(1)
            .build();

    private final EngineFixture engine = new EngineFixture();
    private final List<DatabaseId> asked = new ArrayList<>();
    private UnaryOperator<Optional<DataKey>> opening = right -> right;
    private Runnable meanwhile = () -> {};
    private final SteppedDispatcher wakes = new SteppedDispatcher(engine.clock);
    private final ParixBackup parix = engine.builder(
                    new InMemoryCatalog(engine.clock, "dd".repeat(16)), engine.provider, wakes, 77)
            .keys(port())
            .settings(TIGHT)
            .build()
            .start();

    private KeyPort port() {
        engine.keys.rotate();
        return new KeyPort() {
            @Override
            public Optional<DataKey> fresh(DatabaseId database) {
                if (isExporting(database)) {
                    asked.add(database);
                    meanwhile.run();
                }
                return engine.keys.fresh(database);
            }

            @Override
            public Optional<DataKey> open(DatabaseId database, WrappedKey wrapped) {
                return opening.apply(engine.keys.open(database, wrapped));
            }
        };
    }

    /** And not about to capture, when keys are asked for and thrown away. */
    private boolean isExporting(DatabaseId database) {
        return parix.backups().history(database, 1).get(0).progress().phase().equals("exporting");
    }

    @AfterEach
    void close() {
        parix.close();
        engine.close();
    }

    private Backup asked(DatabaseId database) {
        return ((BackupAnswer.Accepted) parix.backups().request(BackupRequest.of(database, ACTOR))).backup();
    }

    private Backup find(Backup backup) {
        return parix.backups().find(backup.id()).orElseThrow();
    }

    @Test
    @DisplayName(
            "C13 a port that gives another key than it gave out makes no backup, and the error says that it is wrong")
    void wrongPort() {
        opening = right -> right.map(key -> DataKey.of(key.wrapped(), new byte[DataKey.LENGTH]));
        Backup backup = asked(EngineFixture.DATABASE);
        wakes.runUntilQuiet();
        Backup failed = find(backup);
        assertThat(failed.status()).isEqualTo(JobStatus.FAILED);
        assertThat(Objects.requireNonNull(failed.failure()).code()).isEqualTo(ErrorCode.DEADLINE_PASSED);
        assertThat(failed.toString()).contains("The key port is wrong");
        assertThat(engine.archived()).isEmpty();
    }

    @Test
    @DisplayName("C13 J5 an export for which there is no room asks for no data key")
    void noRoom() {
        engine.host.put(Profiles.named(EngineFixture.profile(), OTHER), EngineFixture.files(EngineFixture.cluster()));
        Backup first = asked(EngineFixture.DATABASE);
        Backup second = asked(OTHER);
        meanwhile = () -> {
            meanwhile = () -> {};
            wakes.runDue();
            assertThat(find(second).status()).isEqualTo(JobStatus.RUNNING);
            assertThat(find(second).toString()).contains("hold all but");
        };
        wakes.runUntilQuiet();
        assertThat(find(first).status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(find(second).status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(asked).containsExactly(EngineFixture.DATABASE, OTHER);
    }
}
