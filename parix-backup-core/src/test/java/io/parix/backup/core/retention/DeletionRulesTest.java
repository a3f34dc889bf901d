package io.parix.backup.core.retention;

import static io.parix.backup.core.retention.Row.DAMAGED;
import static io.parix.backup.core.retention.Row.DELETED;
import static io.parix.backup.core.retention.Row.LIVE;
import static io.parix.backup.core.retention.Row.completed;
import static io.parix.backup.core.retention.Row.days;
import static io.parix.backup.core.retention.Row.setting;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Hold;
import io.parix.backup.Ownership;
import io.parix.backup.RetentionDecision;
import io.parix.backup.RetentionDecision.Reason;
import io.parix.backup.RetentionPeriod;
import io.parix.backup.RetentionSetting;
import io.parix.backup.core.retention.RetentionCandidate.Pin;
import io.parix.backup.core.retention.RetentionCandidate.Place;
import io.parix.backup.core.retention.RetentionFacts.Floor;
import io.parix.backup.host.DatabaseFacts;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What becomes of a backup whose deletion was asked for. */
class DeletionRulesTest {
    private static final RetentionSetting WEEK = setting(7);

    private static List<RetentionDecision> decisions(DatabaseFacts database, Floor floor, Row... rows) {
        RetentionFacts facts =
                new RetentionFacts(Arrays.stream(rows).map(Row::candidate).toList(), database, floor);
        return RetentionRules.plan(facts, WEEK, days(1)).decisions();
    }

    private static List<Reason> reasons(Row... rows) {
        return decisions(LIVE, Floor.KEEPS_LAST, rows).stream()
                .map(RetentionDecision::reason)
                .toList();
    }

    private static Row old() {
        return completed("b1", days(0));
    }

    private static Row young() {
        return completed("b2", days(1));
    }

    @Test
    @DisplayName("H6 H12 it goes within its period, and where backups are kept for ever, by the word of whoever asked")
    void goesWhateverItsAge() {
        RetentionDecision going =
                decisions(LIVE, Floor.KEEPS_LAST, old().deleted(), young()).get(0);
        assertThat(going.reason()).isEqualTo(Reason.DELETION_ASKED);
        assertThat(going.sentence())
                .isEqualTo("To be removed: owner asked for its deletion at 2026-03-01T12:00:00.000007Z.");
        assertThat(going.expires()).isEmpty();
        RetentionFacts facts =
                new RetentionFacts(List.of(old().deleted().candidate(), young().candidate()), LIVE, Floor.KEEPS_LAST);
        assertThat(RetentionRules.plan(facts, setting(RetentionPeriod.never()), days(1))
                        .decisions())
                .extracting(RetentionDecision::reason)
                .containsExactly(Reason.DELETION_ASKED, Reason.NEVER_EXPIRES);
        assertThat(reasons(old(), young())).containsExactly(Reason.WITHIN_PERIOD, Reason.WITHIN_PERIOD);
    }

    @Test
    @DisplayName("F6 H4 H11 while something uses it, it stays")
    void waitsForItsUsers() {
        assertThat(reasons(old().deleted().pinned(Pin.RESTORE), young())).startsWith(Reason.IN_USE);
        assertThat(reasons(old().deleted().pinned(Pin.DRILL), young())).startsWith(Reason.IN_USE);
        assertThat(reasons(old().deleted().pinned(Pin.RUNNING_BACKUP), young()))
                .startsWith(Reason.BASE_OF_RUNNING_BACKUP);
        assertThat(decisions(LIVE, Floor.KEEPS_LAST, old().deleted().pinned(Pin.RESTORE), young())
                        .get(0)
                        .sentence())
                .isEqualTo("To be deleted, and kept for now: a restore uses it.");
    }

    @Test
    @DisplayName("H7 the last restorable one stays until there is a newer one, and says so")
    void waitsForASuccessor() {
        RetentionDecision last =
                decisions(LIVE, Floor.KEEPS_LAST, old().deleted()).get(0);
        assertThat(last.reason()).isEqualTo(Reason.LAST_RESTORABLE);
        assertThat(last.sentence()).isEqualTo("Kept: the last restorable backup. Its deletion waits for a newer one.");
        assertThat(reasons(old().deleted(), young().verified(DAMAGED)))
                .containsExactly(Reason.LAST_RESTORABLE, Reason.WITHIN_PERIOD);
        RetentionDecision damaged = decisions(
                        LIVE, Floor.KEEPS_LAST, old().verified(DAMAGED).deleted())
                .get(0);
        assertThat(damaged.reason()).isEqualTo(Reason.LAST_COMPLETE);
        assertThat(damaged.sentence())
                .isEqualTo("Kept: something is wrong with every backup, and this is the newest one."
                        + " Its deletion waits for one that nothing is wrong with.");
        assertThat(reasons(old().deleted(), young())).startsWith(Reason.DELETION_ASKED);
    }

    @Test
    @DisplayName(
            "H7 the newest one goes where an older one can be restored, which is then the last, past its age or not")
    void theNewestGoes() {
        assertThat(reasons(old(), young().deleted())).containsExactly(Reason.WITHIN_PERIOD, Reason.DELETION_ASKED);
        Row ancient = completed("b0", days(-30));
        assertThat(reasons(ancient, young().deleted())).containsExactly(Reason.LAST_RESTORABLE, Reason.DELETION_ASKED);
        assertThat(reasons(ancient, young())).containsExactly(Reason.EXPIRED, Reason.WITHIN_PERIOD);
        assertThat(reasons(old().deleted(), young().deleted()))
                .containsExactly(Reason.DELETION_ASKED, Reason.LAST_RESTORABLE);
    }

    @Test
    @DisplayName("H7 of a deleted database, and where the host keeps no floor, the last one goes as well")
    void noFloor() {
        assertThat(decisions(DELETED, Floor.KEEPS_LAST, old().deleted()).get(0).reason())
                .isEqualTo(Reason.DELETION_ASKED);
        assertThat(decisions(LIVE, Floor.OFF, old().deleted()).get(0).reason()).isEqualTo(Reason.DELETION_ASKED);
    }

    @Test
    @DisplayName("H6 C11 a hold of another one keeps that one alone; what is not ours is not touched")
    void othersAreAsTheyWere() {
        assertThat(reasons(old().deleted(), young().held(Hold.Reason.ASKED)))
                .containsExactly(Reason.DELETION_ASKED, Reason.ON_HOLD);
        assertThat(reasons(old().deleted().of(Ownership.FOREIGN), young())).startsWith(Reason.FOREIGN_INSTALLATION);
        assertThat(reasons(old().deleted().at(Place.NOT_REGISTERED), young()))
                .startsWith(Reason.LOCATION_NOT_REGISTERED);
    }
}
