package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.fault.Effect.before;
import static io.parix.backup.testkit.fault.Fault.strike;
import static io.parix.backup.testkit.fault.Turns.first;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Backup;
import io.parix.backup.BackupAnswer;
import io.parix.backup.DatabaseProfile;
import io.parix.backup.JobStatus;
import io.parix.backup.engine.settings.EngineSettings;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** An attempt whose images cannot be used. */
class OtherImagesTest {
    private static final Duration BACKOFF = Duration.ofMinutes(1);

    private final EngineFixture engine =
            new EngineFixture(EngineSettings.builder().firstBackoff(BACKOFF));

    @AfterEach
    void close() {
        engine.close();
    }

    /** The host moves the database while it is exported, so its images are not of what it is any more. */
    private void move() {
        engine.host.change(
                EngineFixture.DATABASE,
                profile -> new DatabaseProfile(
                        profile.id(),
                        profile.name(),
                        profile.status(),
                        "eu-west-1",
                        profile.provider(),
                        profile.shape(),
                        profile.workflows()));
    }

    @Test
    @DisplayName("B8 a backup that will take other images says so while it waits, and takes them")
    void saysSo() {
        engine.faults.add(strike("Image.read", first(1)).with(before("moves the database", this::move)));
        Backup asked = ((BackupAnswer.Accepted) engine.request()).backup();

        engine.dispatcher.runDue();

        Backup waiting = engine.parix.backups().find(asked.id()).orElseThrow();
        assertThat(waiting.status()).isEqualTo(JobStatus.RUNNING);
        assertThat(waiting.progress().attempt()).isEqualTo(2);
        assertThat(waiting.progress().waitsFor()).contains("Other images are taken.");

        engine.clock.advance(BACKOFF);
        engine.dispatcher.runUntilQuiet();
        assertThat(engine.parix.backups().find(asked.id()).orElseThrow().status())
                .isEqualTo(JobStatus.COMPLETED);
    }
}
