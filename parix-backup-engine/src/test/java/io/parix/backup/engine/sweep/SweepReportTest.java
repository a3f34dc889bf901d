package io.parix.backup.engine.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.BackupEvent;
import io.parix.backup.BackupId;
import io.parix.backup.DatabaseId;
import io.parix.backup.engine.row.CleanUpRow;
import io.parix.backup.engine.settings.RetentionLimits;
import io.parix.backup.spi.catalog.JobRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SweepReportTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final RetentionLimits LIMITS = RetentionLimits.DEFAULTS;
    private static final JobRecord ROW = CleanUpRow.first("c1", new DatabaseId("db-1"), "eu-central-1", NOW);

    private final SweepReport report = after(CleanUpRow.State.FIRST);

    /** The look that comes in its time after the one before. */
    private static SweepReport after(CleanUpRow.State before) {
        Instant earlier = before.lookedAt();
        return new SweepReport(before, LIMITS, earlier == null ? NOW : earlier.plus(LIMITS.cleanUpEvery()));
    }

    private static BackupId backup(int number) {
        return new BackupId("b" + number);
    }

    private static void block(SweepReport report, int from, int to) {
        for (int i = from; i < to; i++) {
            report.blocked(backup(i), new Removal.Obstacle("denied", "Not allowed.", null));
            report.looked(backup(i));
        }
    }

    private static Removal.Obstacle lockedUntil(Instant end) {
        return new Removal.Obstacle(Removal.LOCKED, "It is locked.", end);
    }

    private static List<String> told(SweepReport report) {
        return report.events(ROW).stream()
                .filter(event -> event.kind() == BackupEvent.Kind.CLEAN_UP_BLOCKED)
                .map(BackupEvent::job)
                .toList();
    }

    @Test
    @DisplayName("H10 a lock that ends is waited for to the instant")
    void waitsForALock() {
        report.blocked(backup(1), lockedUntil(NOW.plusSeconds(60)));

        assertThat(report.waits(NOW.plusSeconds(10))).isEqualTo(Duration.ofSeconds(50));
    }

    @Test
    @DisplayName("H10 H5 a lock whose end is over on the catalog's clock, and not on the store's, is tried again later")
    void lockIsOverHere() {
        report.blocked(backup(1), lockedUntil(NOW.minusSeconds(5)));
        assertThat(report.waits(NOW.plusSeconds(10))).isEqualTo(LIMITS.cleanUpRetry());

        SweepReport atTheEnd = after(CleanUpRow.State.FIRST);
        atTheEnd.blocked(backup(1), lockedUntil(NOW.plusSeconds(10)));
        assertThat(atTheEnd.waits(NOW.plusSeconds(10))).isEqualTo(LIMITS.cleanUpRetry());
    }

    @Test
    @DisplayName("H5 a wait counts from the end of a look, however long it was")
    void longLook() {
        report.looksAgainSoon();

        assertThat(report.waits(NOW.plus(Duration.ofHours(2)))).isEqualTo(LIMITS.cleanUpRetry());
    }

    @Test
    @DisplayName("H5 and the look for news comes its time after the end of a look that outlasted it")
    void veryLongLook() {
        assertThat(report.waits(NOW.plus(Duration.ofDays(2)))).isEqualTo(LIMITS.cleanUpEvery());
    }

    @Test
    @DisplayName("H5 what has expired since a look began is looked at soon, and not at once")
    void neverAtOnce() {
        report.looksAgainAt(NOW.plusSeconds(1));

        assertThat(report.waits(NOW.plusSeconds(30))).isEqualTo(Duration.ofSeconds(1));
        assertThat(report.waits(NOW.plusSeconds(1))).isEqualTo(Duration.ofSeconds(1));
        assertThat(report.waits(NOW.plusSeconds(1).minusNanos(1_000))).isEqualTo(Duration.ofNanos(1_000));
    }

    @Test
    @DisplayName("J1 each blocked backup is told of once, a hundred of them, and what is beyond in one event")
    void tellsOfAHundred() {
        block(report, 0, 250);
        report.whole();
        assertThat(told(report)).hasSize(101).contains("b0", "b99", "c1").doesNotContain("b100");

        SweepReport next = after(report.state());
        block(next, 0, 250);
        next.whole();
        assertThat(told(next)).isEmpty();
    }

    @Test
    @DisplayName("J1 a hundred are each told of, without the one event")
    void tellsOfExactlyAHundred() {
        block(report, 0, 100);
        report.whole();
        assertThat(told(report)).hasSize(100).doesNotContain("c1");

        SweepReport next = after(report.state());
        block(next, 0, 101);
        next.whole();
        assertThat(told(next)).containsExactly("c1");
    }

    @Test
    @DisplayName("J1 a look that stops early remembers what it did not come to, and tells nothing twice")
    void remembersAfterAStop() {
        block(report, 0, 3);
        report.whole();

        SweepReport stopped = after(report.state());
        block(stopped, 0, 1);
        stopped.looked(backup(1));
        stopped.stopped(new IllegalStateException("No listing."));
        assertThat(stopped.state().blocked())
                .extracting(blocked -> blocked.backup().value())
                .containsExactly("b0", "b2");

        SweepReport next = after(stopped.state());
        block(next, 0, 3);
        next.whole();
        assertThat(told(next)).containsExactly("b1");
    }

    @Test
    @DisplayName("J1 a look that came to everything forgets what is blocked no more")
    void forgetsWhatIsOver() {
        block(report, 0, 3);
        report.whole();

        SweepReport next = after(report.state());
        block(next, 0, 1);
        next.whole();
        assertThat(next.state().blocked()).hasSize(1);
    }
}
