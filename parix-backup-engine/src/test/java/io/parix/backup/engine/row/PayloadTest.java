package io.parix.backup.engine.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.Actor;
import io.parix.backup.BackupId;
import io.parix.backup.CleanUpBlocked;
import io.parix.backup.DatabaseId;
import io.parix.backup.Deletion;
import io.parix.backup.DrillRecord;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.JobStatus;
import io.parix.backup.OrganizationId;
import io.parix.backup.Report;
import io.parix.backup.RetentionPeriod;
import io.parix.backup.RetentionSetting;
import io.parix.backup.VerificationLevel;
import io.parix.backup.core.job.BackupJob;
import io.parix.backup.core.job.BackupStep;
import io.parix.backup.core.job.RestoreStep;
import io.parix.backup.core.retention.Belonging;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.SettingRecord;
import io.parix.backup.spi.catalog.StepProgress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The golden files are what version 1 wrote; they are never rewritten, for such rows stand in catalogs. */
class PayloadTest {
    @ParameterizedTest
    @EnumSource(BackupStep.class)
    @DisplayName("B4 every state of a backup reads back as it was written, and as version 1 wrote it")
    void backups(BackupStep step) throws IOException {
        String golden = golden("backup-" + step.code());

        assertThat(PayloadJson.write(BackupPayload.of(Jobs.backup(step), Jobs.SINCE)))
                .isEqualTo(golden);
        assertThat(BackupRow.read(backup(step.code(), golden))).isEqualTo(Jobs.backup(step));
        assertThat(BackupRow.since(backup(step.code(), golden))).isEqualTo(Jobs.SINCE);
    }

    @Test
    @DisplayName("H4 C12 the backup that an export shares with stands in its row")
    void pinned() throws IOException {
        BackupJob.Exporting pinned =
                ((BackupJob.Exporting) Jobs.backup(BackupStep.EXPORTING)).pinning(new BackupId("b0"));
        String golden = golden("backup-exporting-pinned");

        assertThat(PayloadJson.write(BackupPayload.of(pinned, Jobs.SINCE))).isEqualTo(golden);
        assertThat(BackupRow.read(backup("exporting", golden))).isEqualTo(pinned);
    }

    @Test
    @DisplayName("B6 C1 the volumes that images are read from stand in the row before they are made")
    void imageVolumes() throws IOException {
        BackupJob.Snapshotting planned = Jobs.withImageVolumes();
        String golden = golden("backup-snapshotting-images");

        assertThat(PayloadJson.write(BackupPayload.of(planned, Jobs.SINCE))).isEqualTo(golden);
        assertThat(BackupRow.read(backup("snapshotting", golden))).isEqualTo(planned);
    }

    @Test
    @DisplayName("C2 what the database was before images were asked for stands in the row")
    void noted() throws IOException {
        BackupJob.Exporting later = (BackupJob.Exporting) Jobs.backup(BackupStep.EXPORTING);
        BackupJob.Capturing noted = ((BackupJob.Capturing) Jobs.backup(BackupStep.CAPTURING))
                .noted(later.captured().profile());
        String golden = golden("backup-capturing-noted");

        assertThat(PayloadJson.write(BackupPayload.of(noted, Jobs.SINCE))).isEqualTo(golden);
        assertThat(BackupRow.read(backup("capturing", golden))).isEqualTo(noted);
    }

    @Test
    @DisplayName("F9 the last drill of a backup stands in its row")
    void drilled() throws IOException {
        DrillRecord drill = new DrillRecord(
                VerificationLevel.DRILLED, Jobs.NOON.plusSeconds(120), Duration.ofSeconds(435), Report.empty());
        BackupJob.Completed drilled = ((BackupJob.Completed) Jobs.backup(BackupStep.COMPLETED)).drilled(drill);
        String golden = golden("backup-completed-drilled");

        assertThat(PayloadJson.write(BackupPayload.of(drilled, Jobs.SINCE))).isEqualTo(golden);
        assertThat(BackupRow.read(backup("completed", golden))).isEqualTo(drilled);
        assertThat(BackupRow.view(backup("completed", golden))
                        .completed()
                        .orElseThrow()
                        .lastDrill())
                .contains(drill);
    }

    @Test
    @DisplayName("H6 who wants a backup removed stands in its row")
    void deleted() throws IOException {
        BackupJob.Completed going = ((BackupJob.Completed) Jobs.backup(BackupStep.COMPLETED))
                .lifted()
                .deleted(new Deletion(new Actor("ada"), Jobs.NOON.plusSeconds(120)));
        String golden = golden("backup-completed-deleted");

        assertThat(PayloadJson.write(BackupPayload.of(going, Jobs.SINCE))).isEqualTo(golden);
        assertThat(BackupRow.read(backup("completed", golden))).isEqualTo(going);
        assertThat(BackupRow.view(backup("completed", golden)).toBeDeleted())
                .contains(Objects.requireNonNull(going.standing().deletion()));
    }

    @Test
    @DisplayName("H5 H10 what a clean-up remembers reads back as it was written, and as version 1 wrote it")
    void cleanUps() throws IOException {
        Instant end = Jobs.NOON.plus(Duration.ofDays(7));
        CleanUpBlocked locked = new CleanUpBlocked(new BackupId("b1"), "locked-until", "Locked.", end, Jobs.NOON);
        Belonging moving = new Belonging(new OrganizationId("acme"), new OrganizationId("other"), Jobs.NOON);
        CleanUpRow.State blocked =
                new CleanUpRow.State(new BackupId("b2"), List.of(locked), "No listing.", Jobs.NOON, moving);
        JobRecord first = CleanUpRow.first("c1", new DatabaseId("db"), "eu", Jobs.NOON);

        assertThat(first.payload()).isEqualTo(golden("clean-up-first"));
        assertThat(CleanUpRow.read(first)).isEqualTo(CleanUpRow.State.FIRST);
        JobRecord next = CleanUpRow.next(first, blocked, end);
        assertThat(next.payload()).isEqualTo(golden("clean-up-blocked"));
        assertThat(CleanUpRow.read(next)).isEqualTo(blocked);
    }

    @Test
    @DisplayName("H1 H9 how long backups are kept reads back as it was written, and as version 1 wrote it")
    void retention() throws IOException {
        RetentionSetting pending = RetentionSetting.DEFAULT
                .change(RetentionPeriod.never(), new Actor("bea"), Jobs.NOON, Duration.ofHours(24))
                .useDefault(new Actor("ada"), Jobs.NOON, Duration.ofHours(24));

        assertThat(RetentionRow.write(RetentionSetting.DEFAULT)).isEqualTo(golden("retention-default"));
        assertThat(RetentionRow.write(pending)).isEqualTo(golden("retention-pending"));
        assertThat(RetentionRow.read(new SettingRecord("retention/acme", 1, golden("retention-pending"))))
                .isEqualTo(pending);
        assertUnknown(() -> RetentionRow.read(new SettingRecord(
                "retention/acme", 1, golden("retention-pending").replace("\"7d\"", "\"0d\""))));
    }

    @ParameterizedTest
    @EnumSource(RestoreStep.class)
    @DisplayName("B4 F5 every state of a restore reads back as it was written, and as version 1 wrote it")
    void restores(RestoreStep step) throws IOException {
        String golden = golden("restore-" + step.code());

        assertThat(PayloadJson.write(RestorePayload.of(Jobs.restore(step), Jobs.SINCE)))
                .isEqualTo(golden);
        assertThat(RestoreRow.read(row(JobKind.RESTORE, step.code(), golden))).isEqualTo(Jobs.restore(step));
        assertThat(RestoreRow.since(row(JobKind.RESTORE, step.code(), golden))).isEqualTo(Jobs.SINCE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "7",
                "[]",
                "{}",
                "\"x\"",
                "{\"version\":1}",
                "{\"version\":1,\"header\":null}",
                "{\"version\":1,\"header\":{}}",
                "{\"version\":1,\"header\":[]}",
                "{\"version\":1",
                "[[[[[[[["
            })
    @DisplayName("I4 what is no payload is refused by code, never half read")
    void hostile(String json) {
        for (String step : new String[] {"queued", "completed"}) {
            assertUnknown(() -> BackupRow.read(backup(step, json)));
            assertUnknown(() -> RestoreRow.read(row(JobKind.RESTORE, step, json)));
        }
    }

    @Test
    @DisplayName("I4 an unknown version, step, field or value is refused by code")
    void unknown() throws IOException {
        String golden = golden("backup-completed");
        assertThat(BackupRow.read(backup("completed", golden))).isNotNull();

        assertUnknown(() -> BackupRow.read(backup("finished", golden)));
        assertUnknown(() -> RestoreRow.read(row(JobKind.RESTORE, "finished", golden)));
        for (String[] change : new String[][] {
            {"\"version\":1", "\"version\":2"},
            {"\"version\":1", "\"version\":0"},
            {"\"version\":1", "\"version\":1.5"},
            {"\"version\":1", "\"version\":\"1\""},
            {"\"version\":1", "\"version\":1,\"version\":1"},
            {"\"version\":1", "\"version\":1,\"colour\":\"red\""},
            {"\"trigger\":\"manual\"", "\"trigger\":\"MANUAL\""},
            {"\"trigger\":\"manual\"", "\"trigger\":{}"},
            {"\"database\":\"db\"", "\"database\":\"../db\""},
            {"\"actor\":\"ada\",", ""},
            {"\"level\":\"read-back\"", "\"level\":\"sworn\""},
        }) {
            assertThat(golden).contains(change[0]);
            assertUnknown(() -> BackupRow.read(backup("completed", golden.replace(change[0], change[1]))));
        }
        assertUnknown(() -> BackupRow.read(backup("completed", golden + "{}")));
    }

    @Test
    @DisplayName("I4 a payload that lacks what its step needs is refused, naming it")
    void lacks() throws IOException {
        String queued = golden("backup-queued");

        assertThat(BackupRow.read(backup("queued", queued))).isNotNull();
        assertThatThrownBy(() -> BackupRow.read(backup("capturing", queued)))
                .isInstanceOf(FailedException.class)
                .hasMessageContaining("run");
    }

    private static void assertUnknown(org.assertj.core.api.ThrowableAssert.ThrowingCallable read) {
        assertThatThrownBy(read)
                .isInstanceOfSatisfying(
                        FailedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FORMAT_UNKNOWN));
    }

    private static JobRecord backup(String step, String payload) {
        return row(JobKind.BACKUP, step, payload);
    }

    private static JobRecord row(JobKind kind, String step, String payload) {
        return new JobRecord(
                "j1",
                1,
                kind,
                new DatabaseId("db"),
                "eu",
                JobStatus.RUNNING,
                step,
                1,
                Jobs.NOON,
                null,
                null,
                0,
                StepProgress.NONE,
                payload);
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = PayloadTest.class.getResourceAsStream("/payloads/v1/" + name + ".json")) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
