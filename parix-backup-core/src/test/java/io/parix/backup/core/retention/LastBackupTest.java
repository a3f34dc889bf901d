package io.parix.backup.core.retention;

import static io.parix.backup.core.retention.Row.DELETED;
import static io.parix.backup.core.retention.Row.LIVE;
import static io.parix.backup.core.retention.Row.NOON;
import static io.parix.backup.core.retention.Row.completed;
import static io.parix.backup.core.retention.Row.days;
import static io.parix.backup.core.retention.Row.setting;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Ownership;
import io.parix.backup.RetentionDecision;
import io.parix.backup.RetentionDecision.Reason;
import io.parix.backup.RetentionDecision.Verdict;
import io.parix.backup.RetentionSetting;
import io.parix.backup.core.retention.RetentionCandidate.Manifest;
import io.parix.backup.core.retention.RetentionCandidate.Place;
import io.parix.backup.core.retention.RetentionCandidate.Stage;
import io.parix.backup.host.DatabaseFacts;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LastBackupTest {
    private static final RetentionSetting WEEK = setting(7);

    private static RetentionPlan plan(DatabaseFacts database, RetentionSetting setting, Instant now, Row... rows) {
        return RetentionRules.plan(
                new RetentionFacts(
                        Arrays.stream(rows).map(Row::candidate).toList(), database, RetentionFacts.Floor.KEEPS_LAST),
                setting,
                now);
    }

    private static List<Reason> reasons(RetentionPlan plan) {
        return plan.decisions().stream().map(RetentionDecision::reason).toList();
    }

    @Test
    @DisplayName("H7 of two backups that completed at one instant the one of the greater id is the last, in any order")
    void tie() {
        Row a = new Row("a");
        Row b = new Row("b");
        assertThat(plan(LIVE, WEEK, days(8), a, b).backups(Verdict.REMOVE)).containsExactly(a.id);
        assertThat(plan(LIVE, WEEK, days(8), b, a).backups(Verdict.REMOVE)).containsExactly(a.id);
    }

    @Test
    @DisplayName(
            "H7 of two backups that completed at one instant the one that covers more is the last, whatever their ids")
    void tieOfCover() {
        Row more = new Row("a").covering(NOON.minus(1, ChronoUnit.MICROS));
        Row less = new Row("b").covering(NOON.minus(2, ChronoUnit.MICROS));
        assertThat(plan(LIVE, WEEK, days(8), more, less).backups(Verdict.REMOVE))
                .containsExactly(less.id);
        assertThat(plan(LIVE, WEEK, days(8), less, more).backups(Verdict.REMOVE))
                .containsExactly(less.id);
        Row later = completed("c", NOON.plus(1, ChronoUnit.MICROS)).covering(NOON.minus(3, ChronoUnit.MICROS));
        assertThat(plan(LIVE, WEEK, days(8), more, less, later).backups(Verdict.REMOVE))
                .containsExactly(more.id, less.id);
    }

    @Test
    @DisplayName("H7 where no backup can be promised the newest complete one stays, damaged as it is, and says so")
    void lastComplete() {
        Row older = new Row("a").verified(Row.DAMAGED);
        Row newest = completed("b", days(1)).verified(Row.DAMAGED);
        assertThat(plan(LIVE, WEEK, days(9), older, newest).decisions().get(1))
                .isEqualTo(new RetentionDecision(
                        newest.id,
                        Reason.LAST_COMPLETE,
                        "Kept: something is wrong with every backup, and this is the newest one.",
                        days(8)));
        assertThat(reasons(plan(LIVE, WEEK, days(9), older, newest)))
                .containsExactly(Reason.EXPIRED, Reason.LAST_COMPLETE);
        assertThat(reasons(plan(LIVE, WEEK, days(9), older, newest.deleted())))
                .containsExactly(Reason.LAST_COMPLETE, Reason.DELETION_ASKED);
        assertThat(reasons(plan(DELETED, WEEK, days(9), completed("b", days(1)).verified(Row.DAMAGED))))
                .containsExactly(Reason.EXPIRED);
    }

    @Test
    @DisplayName(
            "H7 C3 one whose manifest is lost does not stay for being the newest: it goes at its age, and the next one stays")
    void lostManifest() {
        Row older = new Row("a").verified(Row.DAMAGED);
        Row newest = completed("b", days(1)).without(Manifest.MISSING);
        assertThat(reasons(plan(LIVE, WEEK, days(7), older, newest)))
                .containsExactly(Reason.LAST_COMPLETE, Reason.WITHIN_PERIOD);
        assertThat(reasons(plan(LIVE, WEEK, days(9), older, newest)))
                .containsExactly(Reason.LAST_COMPLETE, Reason.EXPIRED);
        assertThat(reasons(plan(LIVE, WEEK, days(9), newest))).containsExactly(Reason.EXPIRED);
        assertThat(reasons(plan(LIVE, WEEK, days(2), newest.deleted()))).containsExactly(Reason.DELETION_ASKED);
    }

    @Test
    @DisplayName(
            "H7 one whose manifest was read wrong stays, as it may be whole, and goes when somebody asks for its deletion")
    void wrongManifest() {
        Row older = new Row("a").without(Manifest.WRONG);
        Row newest = completed("b", days(1)).without(Manifest.WRONG);
        assertThat(reasons(plan(LIVE, WEEK, days(9), older, newest)))
                .containsExactly(Reason.EXPIRED, Reason.LAST_COMPLETE);
        assertThat(reasons(plan(LIVE, WEEK, days(9), older, newest.deleted())))
                .containsExactly(Reason.LAST_COMPLETE, Reason.DELETION_ASKED);
        assertThat(reasons(plan(LIVE, WEEK, days(9), newest))).containsExactly(Reason.DELETION_ASKED);
    }

    @Test
    @DisplayName("H7 a damaged backup goes at its age where any other can be promised, an older one too")
    void damagedGoes() {
        Row sound = new Row("a");
        Row damaged = completed("b", days(1)).verified(Row.DAMAGED);
        assertThat(reasons(plan(LIVE, WEEK, days(9), sound, damaged)))
                .containsExactly(Reason.LAST_RESTORABLE, Reason.EXPIRED);
        assertThat(reasons(plan(LIVE, WEEK, days(9), damaged, completed("c", days(2)))))
                .containsExactly(Reason.EXPIRED, Reason.LAST_RESTORABLE);
    }

    @Test
    @DisplayName(
            "H7 what cannot be promised is not the last restorable backup: damaged, foreign, elsewhere, failed, leaving, running")
    void notPromised() {
        Row good = new Row("good");
        List<Row> others = List.of(
                completed("other", days(1)).verified(Row.DAMAGED),
                completed("other", days(1)).of(Ownership.FOREIGN),
                completed("other", days(1)).at(Place.NOT_REGISTERED),
                completed("other", days(1)).ended(Stage.FAILED, days(1)),
                completed("other", days(1)).ended(Stage.FAILED_AND_SWEPT, days(1)),
                completed("other", days(1)).ended(Stage.EXPIRING, days(1)),
                Row.running("other"));
        for (Row other : others) {
            assertThat(reasons(plan(LIVE, WEEK, days(9), good, other)).get(0))
                    .as("beside %s", other.candidate())
                    .isEqualTo(Reason.LAST_RESTORABLE);
            assertThat(reasons(plan(LIVE, WEEK, days(9), other)).get(0)).isNotEqualTo(Reason.LAST_RESTORABLE);
        }
    }
}
