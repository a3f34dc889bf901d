package io.parix.backup.spi.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.DatabaseId;
import io.parix.backup.InvalidRequestException;
import io.parix.backup.JobStatus;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CatalogValuesTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final DatabaseId DB = new DatabaseId("db");

    @Test
    @DisplayName("J5 a list has 1 to 1,000 rows")
    void limits() {
        for (int right : new int[] {1, 1_000}) {
            assertThat(DueQuery.everywhere(right).limit()).isEqualTo(right);
            assertThat(HistoryQuery.newest(DB, JobKind.BACKUP, right).limit()).isEqualTo(right);
        }
        for (int wrong : new int[] {0, 1_001}) {
            assertThatThrownBy(() -> DueQuery.everywhere(wrong)).isInstanceOf(InvalidRequestException.class);
            assertThatThrownBy(() -> HistoryQuery.newest(DB, JobKind.BACKUP, wrong))
                    .isInstanceOf(InvalidRequestException.class);
        }
    }

    @Test
    @DisplayName("D2 a range holds its first instant and not its last, and does not end before it begins")
    void ranges() {
        HistoryQuery.Range hour = new HistoryQuery.Range(NOON, NOON.plusSeconds(3_600));
        assertThat(hour.holds(NOON)).isTrue();
        assertThat(hour.holds(NOON.minusNanos(1))).isFalse();
        assertThat(hour.holds(NOON.plusSeconds(3_600))).isFalse();
        assertThat(hour.holds(NOON.plusSeconds(3_600).minusNanos(1))).isTrue();
        assertThat(HistoryQuery.Range.ALWAYS.holds(Instant.MIN)).isTrue();
        assertThat(new HistoryQuery.Range(NOON, NOON).holds(NOON)).isFalse();
        assertThatThrownBy(() -> new HistoryQuery.Range(NOON, NOON.minusNanos(1)))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    @DisplayName("D2 the page after a row keeps the range; another range begins anew")
    void pages() {
        HistoryQuery.Range since = new HistoryQuery.Range(NOON, null);
        HistoryQuery first = HistoryQuery.newest(DB, JobKind.BACKUP, 5).within(since);
        HistoryQuery second = first.after(row(JobKind.BACKUP, JobStatus.COMPLETED, null));
        assertThat(second)
                .isEqualTo(new HistoryQuery(
                        new HistoryQuery.Jobs(DB, JobKind.BACKUP, null),
                        since,
                        new HistoryQuery.Position(NOON, "b1"),
                        5));
        assertThat(second.within(HistoryQuery.Range.ALWAYS).after()).isNull();
    }

    @Test
    @DisplayName("C11 only completed backups that nobody works on are taken up")
    void adopted() {
        assertThat(new AdoptedJob(row(JobKind.BACKUP, JobStatus.COMPLETED, null), Map.of("s", 1L)).segments())
                .containsOnlyKeys("s");
        Claim claim = new Claim("w", 1, NOON);
        for (JobRecord wrong : new JobRecord[] {
            row(JobKind.RESTORE, JobStatus.COMPLETED, null),
            row(JobKind.BACKUP, JobStatus.FAILED, null),
            row(JobKind.BACKUP, JobStatus.RUNNING, null),
            row(JobKind.BACKUP, JobStatus.COMPLETED, claim)
        }) {
            assertThatThrownBy(() -> new AdoptedJob(wrong, Map.of())).isInstanceOf(InvalidRequestException.class);
        }
    }

    @Test
    @DisplayName("B8 a wake-up is made of a row's id and region")
    void wakes() {
        assertThat(Wake.of(row(JobKind.BACKUP, JobStatus.COMPLETED, null), NOON))
                .isEqualTo(new Wake("b1", "eu", NOON));
    }

    private static JobRecord row(JobKind kind, JobStatus status, @Nullable Claim claim) {
        return new JobRecord("b1", 1, kind, DB, "eu", status, "step", 1, NOON, null, claim, 0, StepProgress.NONE, "{}");
    }

    @Test
    @DisplayName("I4 a schedule's payload has at most 65,536 characters")
    void schedulePayload() {
        DatabaseId database = new DatabaseId("db");
        assertThat(new ScheduleRecord(database, 0, null, "x".repeat(65_536))).isNotNull();
        assertThatThrownBy(() -> new ScheduleRecord(database, 0, null, "x".repeat(65_537)))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    @DisplayName("I4 G4 a schedule is looked at while a run of it is to come, and only then, when it is due or later")
    void looksAtSchedules() {
        DatabaseId database = new DatabaseId("db");
        Instant due = Instant.EPOCH;
        ScheduleRecord row = new ScheduleRecord(database, 3, due, "{}");
        assertThat(row.lookAgain()).contains(due);
        assertThat(row.postponed(due.plusSeconds(300)))
                .isEqualTo(new ScheduleRecord(database, 3, due, due.plusSeconds(300), "{}"));
        assertThatThrownBy(() -> new ScheduleRecord(database, 3, due, null, "{}"))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> new ScheduleRecord(database, 3, null, due, "{}"))
                .isInstanceOf(InvalidRequestException.class);
    }
}
