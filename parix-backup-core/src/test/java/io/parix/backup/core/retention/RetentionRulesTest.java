package io.parix.backup.core.retention;

import static io.parix.backup.core.retention.Row.DELETED;
import static io.parix.backup.core.retention.Row.LIVE;
import static io.parix.backup.core.retention.Row.NOON;
import static io.parix.backup.core.retention.Row.UNKNOWN;
import static io.parix.backup.core.retention.Row.completed;
import static io.parix.backup.core.retention.Row.days;
import static io.parix.backup.core.retention.Row.setting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.parix.backup.Hold;
import io.parix.backup.InvalidRequestException;
import io.parix.backup.Ownership;
import io.parix.backup.RetentionDecision;
import io.parix.backup.RetentionDecision.Reason;
import io.parix.backup.RetentionDecision.Verdict;
import io.parix.backup.RetentionPeriod;
import io.parix.backup.RetentionSetting;
import io.parix.backup.core.eligibility.Retained;
import io.parix.backup.core.retention.RetentionCandidate.Pin;
import io.parix.backup.core.retention.RetentionCandidate.Place;
import io.parix.backup.core.retention.RetentionCandidate.Stage;
import io.parix.backup.core.retention.RetentionFacts.Floor;
import io.parix.backup.host.DatabaseFacts;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RetentionRulesTest {
    private static final RetentionSetting WEEK = setting(7);
    /** Keeps the floor away from the backup that a test is about. */
    private static final Row NEWER = completed("newer", days(1_000));

    private static RetentionPlan plan(DatabaseFacts database, RetentionSetting setting, Instant now, Row... rows) {
        return plan(database, Floor.KEEPS_LAST, setting, now, rows);
    }

    private static RetentionPlan plan(
            DatabaseFacts database, Floor floor, RetentionSetting setting, Instant now, Row... rows) {
        return RetentionRules.plan(
                new RetentionFacts(Arrays.stream(rows).map(Row::candidate).toList(), database, floor), setting, now);
    }

    private static List<Reason> reasons(RetentionPlan plan) {
        return plan.decisions().stream().map(RetentionDecision::reason).toList();
    }

    /** What becomes of a row that is not the newest of its database. */
    private static RetentionDecision decision(RetentionSetting setting, Instant now, Row row) {
        return plan(LIVE, setting, now, row, NEWER).decisions().get(0);
    }

    private static Instant microBefore(Instant at) {
        return at.minus(1, ChronoUnit.MICROS);
    }

    @Test
    @DisplayName("H8 a backup expires when its period after completion is over, and not a microsecond earlier")
    void boundary() {
        RetentionDecision kept = decision(WEEK, microBefore(days(7)), new Row("b1"));
        assertThat(kept)
                .isEqualTo(new RetentionDecision(
                        new Row("b1").id,
                        Reason.WITHIN_PERIOD,
                        "Kept until 2026-03-08T12:00:00.000007Z: from then on it is past its 7 days.",
                        days(7)));
        RetentionDecision expired = decision(WEEK, days(7), new Row("b1"));
        assertThat(expired)
                .isEqualTo(new RetentionDecision(
                        new Row("b1").id,
                        Reason.EXPIRED,
                        "To be removed: it completed at 2026-03-01T12:00:00.000007Z, and 7 days are over.",
                        days(7)));
        assertThat(expired.verdict()).isEqualTo(Verdict.REMOVE);
    }

    @Test
    @DisplayName(
            "H1 a setting holds for existing backups and for new ones, and a longer one keeps what a shorter one removes")
    void existingBackups() {
        Row[] rows = {new Row("old"), completed("new", days(9)), NEWER};
        assertThat(reasons(plan(LIVE, setting(7), days(10), rows)))
                .containsExactly(Reason.EXPIRED, Reason.WITHIN_PERIOD, Reason.WITHIN_PERIOD);
        assertThat(reasons(plan(LIVE, setting(1), days(10), rows)))
                .containsExactly(Reason.EXPIRED, Reason.EXPIRED, Reason.WITHIN_PERIOD);
        assertThat(reasons(plan(LIVE, setting(11), days(10), rows))).containsOnly(Reason.WITHIN_PERIOD);
    }

    @Test
    @DisplayName("H8 with never no age removes a backup, and time changes nothing")
    void never() {
        RetentionPlan plan = plan(LIVE, setting(RetentionPeriod.never()), Instant.MAX, new Row("b1"), NEWER);
        assertThat(reasons(plan)).containsOnly(Reason.NEVER_EXPIRES);
        assertThat(plan.decisions().get(0).expires()).isEmpty();
        assertThat(plan.looksAgain()).isEmpty();
    }

    @Test
    @DisplayName("H6 on hold no age removes a backup; lifted, the age decides")
    void hold() {
        for (Hold.Reason why : Hold.Reason.values()) {
            RetentionDecision held = decision(WEEK, days(5_000), new Row("b1").held(why));
            assertThat(held.reason()).isEqualTo(Reason.ON_HOLD);
            assertThat(held.expires()).isEmpty();
        }
        assertThat(decision(WEEK, days(1), new Row("b1").held(Hold.Reason.ASKED)))
                .extracting(RetentionDecision::reason, RetentionDecision::sentence)
                .containsExactly(Reason.ON_HOLD, "Kept: on hold since 2026-03-01T12:00:00.000007Z, by owner.");
        assertThat(decision(WEEK, days(5_000), new Row("b1")).reason()).isEqualTo(Reason.EXPIRED);
    }

    @Test
    @DisplayName("H7 the last restorable backup is kept past its age, and says so; a newer one takes its place")
    void lastRestorable() {
        RetentionPlan alone = plan(LIVE, WEEK, days(7), new Row("b1"));
        assertThat(alone.decisions())
                .containsExactly(new RetentionDecision(
                        new Row("b1").id, Reason.LAST_RESTORABLE, "Kept: the last restorable backup.", days(7)));
        assertThat(reasons(plan(LIVE, WEEK, microBefore(days(7)), new Row("b1"))))
                .containsExactly(Reason.WITHIN_PERIOD);
        Row newer = completed("b2", NOON.plus(1, ChronoUnit.MICROS));
        assertThat(reasons(plan(LIVE, WEEK, days(8), new Row("b1"), newer)))
                .containsExactly(Reason.EXPIRED, Reason.LAST_RESTORABLE);
        assertThat(reasons(plan(LIVE, WEEK, days(8), newer, new Row("b1"))))
                .containsExactly(Reason.LAST_RESTORABLE, Reason.EXPIRED);
    }

    @Test
    @DisplayName("H7 a backup on hold, in use or never looked at is the last restorable one as well as any other")
    void promised() {
        Row old = new Row("old");
        List<Row> newest = List.of(
                completed("b2", days(1)).held(Hold.Reason.ASKED),
                completed("b2", days(1)).pinned(Pin.RESTORE),
                completed("b2", days(1)).verified(null));
        List<Reason> why = List.of(Reason.ON_HOLD, Reason.IN_USE, Reason.LAST_RESTORABLE);
        for (int i = 0; i < newest.size(); i++) {
            assertThat(reasons(plan(LIVE, WEEK, days(9), old, newest.get(i))))
                    .containsExactly(Reason.EXPIRED, why.get(i));
        }
    }

    @Test
    @DisplayName(
            "H2 H7 of a deleted database every backup stays until it expires, the last one too; of an unknown one the last is kept")
    void databaseGone() {
        assertThat(reasons(plan(DELETED, WEEK, microBefore(days(7)), new Row("b1"))))
                .containsExactly(Reason.WITHIN_PERIOD);
        assertThat(reasons(plan(DELETED, WEEK, days(7), new Row("b1")))).containsExactly(Reason.EXPIRED);
        assertThat(reasons(plan(DELETED, WEEK, days(7), new Row("b1").held(Hold.Reason.ASKED))))
                .containsExactly(Reason.ON_HOLD);
        assertThat(reasons(plan(UNKNOWN, WEEK, days(7), new Row("b1")))).containsExactly(Reason.LAST_RESTORABLE);
    }

    @Test
    @DisplayName("H7 the host can switch the floor off")
    void floorOff() {
        for (DatabaseFacts database : List.of(LIVE, UNKNOWN, DELETED)) {
            assertThat(reasons(plan(database, Floor.OFF, WEEK, days(7), new Row("b1"))))
                    .containsExactly(Reason.EXPIRED);
        }
    }

    @Test
    @DisplayName("F6 H4 H11 what is in use is not due, however old; within its period its age is what counts")
    void pinned() {
        assertThat(decision(WEEK, days(9), new Row("b1").pinned(Pin.RESTORE)))
                .isEqualTo(new RetentionDecision(
                        new Row("b1").id, Reason.IN_USE, "Kept past its age: a restore uses it.", days(7)));
        assertThat(decision(WEEK, days(9), new Row("b1").pinned(Pin.DRILL, Pin.RUNNING_BACKUP)))
                .extracting(RetentionDecision::reason, RetentionDecision::sentence)
                .containsExactly(Reason.IN_USE, "Kept past its age: a restore drill uses it.");
        assertThat(decision(WEEK, days(9), new Row("b1").pinned(Pin.RUNNING_BACKUP))
                        .reason())
                .isEqualTo(Reason.BASE_OF_RUNNING_BACKUP);
        for (Pin pin : Pin.values()) {
            assertThat(decision(WEEK, days(6), new Row("b1").pinned(pin)).reason())
                    .isEqualTo(Reason.WITHIN_PERIOD);
        }
        assertThat(reasons(plan(LIVE, WEEK, days(9), new Row("b1").pinned(Pin.DRILL))))
                .containsExactly(Reason.IN_USE);
    }

    @Test
    @DisplayName("C11 J4 foreign backups and those that lie elsewhere are shown and not touched, being removed or not")
    void notTouched() {
        for (Stage stage : List.of(Stage.COMPLETED, Stage.FAILED, Stage.FAILED_AND_SWEPT, Stage.EXPIRING)) {
            Row foreign = new Row("b1").ended(stage, NOON).of(Ownership.FOREIGN).held(Hold.Reason.REBUILT);
            assertThat(decision(WEEK, days(99), foreign))
                    .extracting(RetentionDecision::reason, RetentionDecision::verdict)
                    .containsExactly(Reason.FOREIGN_INSTALLATION, Verdict.LEAVE_ALONE);
        }
        for (Stage stage : List.of(Stage.COMPLETED, Stage.FAILED, Stage.EXPIRING)) {
            Row elsewhere = new Row("b1").ended(stage, NOON).at(Place.NOT_REGISTERED);
            assertThat(decision(WEEK, days(99), elsewhere))
                    .extracting(RetentionDecision::reason, RetentionDecision::verdict)
                    .containsExactly(Reason.LOCATION_NOT_REGISTERED, Verdict.LEAVE_ALONE);
        }
    }

    @Test
    @DisplayName(
            "C11 B3 a failed job that left nothing anywhere leaves history by its age, whichever place is registered")
    void failedElsewhere() {
        Row elsewhere = new Row("b1").ended(Stage.FAILED_AND_SWEPT, NOON).at(Place.NOT_REGISTERED);
        assertThat(decision(WEEK, microBefore(days(7)), elsewhere).reason()).isEqualTo(Reason.WITHIN_PERIOD);
        assertThat(decision(WEEK, days(7), elsewhere).reason()).isEqualTo(Reason.FAILED_AND_OLD);
    }

    @Test
    @DisplayName("H4 H11 what is kept or not touched needs its bytes, what is due or leaving does not")
    void staying() {
        Row[] rows = {
            new Row("due"),
            new Row("leaving").ended(Stage.EXPIRING, NOON),
            new Row("foreign").of(Ownership.FOREIGN),
            new Row("elsewhere").at(Place.NOT_REGISTERED),
            Row.running("running"),
            NEWER
        };
        RetentionPlan plan = plan(LIVE, WEEK, days(9), rows);
        assertThat(plan.staying()).containsExactly(rows[2].id, rows[3].id, rows[4].id, rows[5].id);
        assertThat(plan.backups(Verdict.REMOVE)).containsExactly(rows[0].id);
    }

    @Test
    @DisplayName("H8 a job that has not ended has no age")
    void running() {
        RetentionDecision decision = decision(WEEK, Instant.MAX, Row.running("b1"));
        assertThat(decision.reason()).isEqualTo(Reason.RUNNING);
        assertThat(decision.expires()).isEmpty();
    }

    @Test
    @DisplayName(
            "B3 H8 a failed job leaves history its period after its end, once its traces are swept, and not before")
    void failed() {
        Row swept = new Row("b1").ended(Stage.FAILED_AND_SWEPT, NOON);
        assertThat(decision(WEEK, microBefore(days(7)), swept).reason()).isEqualTo(Reason.WITHIN_PERIOD);
        assertThat(decision(WEEK, days(7), swept))
                .isEqualTo(new RetentionDecision(
                        swept.id,
                        Reason.FAILED_AND_OLD,
                        "To be removed: it failed at 2026-03-01T12:00:00.000007Z, and 7 days are over.",
                        days(7)));
        assertThat(decision(WEEK, days(700), new Row("b1").ended(Stage.FAILED, NOON))
                        .reason())
                .isEqualTo(Reason.NOT_SWEPT);
        assertThat(decision(setting(RetentionPeriod.never()), days(700), swept).reason())
                .isEqualTo(Reason.NEVER_EXPIRES);
        assertThat(reasons(plan(LIVE, WEEK, days(7), swept))).containsExactly(Reason.FAILED_AND_OLD);
    }

    @Test
    @DisplayName("H3 H6 clean-up that has begun goes on: no hold, use, period or floor brings a backup back")
    void oneWay() {
        Row leaving = new Row("b1")
                .ended(Stage.EXPIRING, NOON)
                .held(Hold.Reason.ASKED)
                .pinned(Pin.RESTORE);
        for (RetentionSetting any : List.of(WEEK, setting(RetentionPeriod.never()))) {
            RetentionPlan plan = plan(LIVE, any, NOON, leaving);
            assertThat(reasons(plan)).containsExactly(Reason.BEING_REMOVED);
            assertThat(plan.backups(Verdict.REMOVING)).containsExactly(leaving.id);
            assertThat(plan.staying()).isEmpty();
        }
    }

    @Test
    @DisplayName(
            "E14 due and leaving backups are not restorable; past its age a hold, a use or the floor keeps one restorable")
    void eligibility() {
        assertThat(retained(new Row("b1"), days(6))).isEqualTo(Retained.KEPT);
        assertThat(retained(new Row("b1"), days(7))).isEqualTo(Retained.DUE);
        assertThat(retained(new Row("b1").held(Hold.Reason.ASKED), days(7))).isEqualTo(Retained.KEPT);
        assertThat(retained(new Row("b1").pinned(Pin.RESTORE), days(7))).isEqualTo(Retained.KEPT);
        assertThat(retained(completed("zz", days(1_001)), days(2_000))).isEqualTo(Retained.KEPT);
        assertThat(retained(new Row("b1").of(Ownership.FOREIGN), days(7))).isEqualTo(Retained.KEPT);
        Row leaving = new Row("b1").ended(Stage.EXPIRING, NOON);
        assertThat(retained(leaving, days(1))).isEqualTo(Retained.EXPIRING);
        assertThat(retained(leaving.at(Place.NOT_REGISTERED), days(1))).isEqualTo(Retained.EXPIRING);
    }

    private static Retained retained(Row row, Instant now) {
        return RetentionRules.retained(row.candidate(), decision(WEEK, now, row));
    }

    @Test
    @DisplayName("H9 a pending shortening holds from its instant on, and until then decides when a backup will expire")
    void pending() {
        RetentionSetting soon = Row.shortened(RetentionPeriod.days(30), 3, days(10));
        Row old = new Row("old");
        Row young = completed("young", days(9));
        RetentionPlan before = plan(LIVE, soon, microBefore(days(10)), old, young, NEWER);
        assertThat(before.decisions())
                .extracting(RetentionDecision::reason, RetentionDecision::expires)
                .startsWith(
                        tuple(Reason.WITHIN_PERIOD, Optional.of(days(10))),
                        tuple(Reason.WITHIN_PERIOD, Optional.of(days(12))));
        assertThat(before.looksAgain()).contains(days(10));
        RetentionPlan after = plan(LIVE, soon, days(10), old, young, NEWER);
        assertThat(after.decisions())
                .extracting(RetentionDecision::reason, RetentionDecision::expires)
                .startsWith(
                        tuple(Reason.EXPIRED, Optional.of(days(3))),
                        tuple(Reason.WITHIN_PERIOD, Optional.of(days(12))));
        assertThat(after.looksAgain()).contains(days(12));
    }

    @Test
    @DisplayName(
            "H9 a pending shortening that would keep a backup for longer than is left of its period changes nothing for it")
    void pendingTooLate() {
        RetentionSetting late = Row.shortened(RetentionPeriod.days(7), 6, days(8));
        RetentionPlan plan = plan(LIVE, late, days(1), new Row("b1"), NEWER);
        assertThat(plan.decisions().get(0).expires()).contains(days(7));
        assertThat(plan.looksAgain()).contains(days(7));
    }

    @Test
    @DisplayName("H9 a shortening from never that waits has an end to show")
    void pendingFromNever() {
        RetentionSetting soon = Row.shortened(RetentionPeriod.never(), 3, days(1));
        assertThat(decision(soon, NOON, new Row("b1")))
                .extracting(RetentionDecision::reason, RetentionDecision::expires)
                .containsExactly(Reason.WITHIN_PERIOD, Optional.of(days(3)));
    }

    @Test
    @DisplayName("H8 the next look is at the first expiry to come, whatever past, held and ended rows there are")
    void nextLook() {
        Row[] rows = {
            completed("past", days(-9)),
            completed("held", days(-5)).held(Hold.Reason.ASKED),
            completed("elsewhere", days(-4)).at(Place.NOT_REGISTERED),
            completed("unswept", days(-3)).ended(Stage.FAILED, days(-3)),
            completed("swept", days(1)).ended(Stage.FAILED_AND_SWEPT, days(1)),
            completed("good", days(2))
        };
        assertThat(plan(LIVE, WEEK, days(3), rows).looksAgain()).contains(days(8));
        assertThat(plan(LIVE, WEEK, days(8), rows).looksAgain()).contains(days(9));
        assertThat(plan(LIVE, WEEK, days(9), rows).looksAgain()).isEmpty();
    }

    @Test
    @DisplayName("H8 at the end of time nothing is thrown, and nothing goes before its time")
    void endOfTime() {
        RetentionSetting longest = setting(RetentionPeriod.MAX_DAYS);
        for (Instant now : List.of(Instant.MIN, NOON, Instant.MAX)) {
            Row[] rows = {completed("late", Instant.MAX), completed("later", Instant.MAX.minusSeconds(1))};
            assertThat(reasons(plan(LIVE, longest, now, rows))).containsOnly(Reason.WITHIN_PERIOD);
        }
        assertThat(plan(LIVE, longest, Instant.MAX, completed("late", Instant.MAX))
                        .looksAgain())
                .isEmpty();
        Row early = completed("early", Instant.MIN);
        assertThat(reasons(plan(LIVE, longest, Instant.MAX, early, NEWER)).get(0))
                .isEqualTo(Reason.EXPIRED);
    }

    @Test
    @DisplayName("H12 facts that contradict each other are refused: a backup twice, an end without one")
    void contradictions() {
        assertThatThrownBy(() -> plan(LIVE, WEEK, NOON, new Row("b1"), completed("b1", days(1))))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("b1");
        assertThatThrownBy(() -> new Row("b1").ended(Stage.RUNNING, NOON).candidate())
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> new Row("b1").ended(Stage.EXPIRING, null).candidate())
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    @DisplayName("H12 a database without backups has a plan of nothing")
    void empty() {
        assertThat(plan(LIVE, WEEK, NOON)).isEqualTo(new RetentionPlan(List.of(), null));
    }
}
