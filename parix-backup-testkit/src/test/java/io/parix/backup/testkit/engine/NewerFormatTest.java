package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Backup;
import io.parix.backup.JobStatus;
import io.parix.backup.engine.row.CleanUpRow;
import io.parix.backup.spi.Checksums;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.JobWrite;
import io.parix.backup.testkit.fault.Damage;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A manifest of a newer release, as after a rollback, is not understood here and is no damage. */
class NewerFormatTest {
    private final EngineFixture engine = new EngineFixture();

    @AfterEach
    void close() {
        engine.close();
    }

    /** As a newer release commits it: the catalog knows the bytes that are there. */
    private void newer(Backup backup) {
        engine.store().damage(manifest(backup), bytes -> {
            byte[] newer = new String(bytes, UTF_8)
                    .replaceFirst("\"version\" : 1\\b", "\"version\" : 9")
                    .getBytes(UTF_8);
            committed(backup, Checksums.of(bytes).sha256(), Checksums.of(newer).sha256());
            return newer;
        });
    }

    private void committed(Backup backup, String before, String now) {
        JobRecord row = engine.catalog.find(backup.id().value()).orElseThrow();
        assertThat(row.payload()).contains(before);
        engine.catalog.write(JobWrite.of(
                row.moved(row.status(), row.step(), row.payload().replace(before, now), row.lookAgainAt())));
    }

    private static ObjectKey manifest(Backup backup) {
        return new ObjectKey("parix/db-1/backups/" + backup.id() + "/manifest.json");
    }

    private void later(Duration time) {
        engine.clock.advance(time);
        engine.dispatcher.tick();
        engine.dispatcher.runUntilQuiet();
    }

    private boolean isTrusted(Backup backup) {
        return engine.parix
                .backups()
                .find(backup.id())
                .orElseThrow()
                .completed()
                .orElseThrow()
                .verification()
                .passed();
    }

    private String stopped() {
        return CleanUpRow.read(engine.catalog
                        .keyed(DATABASE, JobKind.CLEAN_UP, CleanUpRow.KEY)
                        .orElseThrow())
                .reason()
                .orElse("");
    }

    private Backup youngerOfTwo() {
        Backup old = engine.backup();
        later(Duration.ofDays(1));
        Backup young = engine.backup();
        engine.clock.advanceTo(Objects.requireNonNull(old.endedAt()).plus(Duration.ofDays(7)));
        return young;
    }

    @Test
    @DisplayName("H11 a kept backup whose manifest is of a newer format stops clean-up and is not taken for damaged")
    void stopsCleanUp() {
        Backup young = youngerOfTwo();
        newer(young);

        later(Duration.ZERO);

        assertThat(stopped()).contains(young.id().value(), "version");
        assertThat(isTrusted(young)).isTrue();
        assertThat(engine.parix.backups().history(DATABASE, 10)).hasSize(2);
    }

    @Test
    @DisplayName("H11 C12 one whose manifest has a flipped bit stops it and is flagged")
    void damageIsFlagged() {
        Backup young = youngerOfTwo();
        engine.store().damage(manifest(young), Damage.flip(40));

        later(Duration.ZERO);

        assertThat(stopped()).contains(young.id().value());
        assertThat(isTrusted(young)).isFalse();
    }

    @Test
    @DisplayName("C12 a newer format is not shared with, and not taken for damaged; a lost manifest is")
    void isNotShared() {
        Backup first = engine.backup();
        newer(first);
        Backup second = engine.backup();
        assertThat(second.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(isTrusted(first)).isTrue();

        engine.store().lose(manifest(second));
        Backup third = engine.backup();
        assertThat(third.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(isTrusted(second)).isFalse();
    }
}
