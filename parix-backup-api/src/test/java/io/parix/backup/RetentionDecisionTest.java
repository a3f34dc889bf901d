package io.parix.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.RetentionDecision.Reason;
import io.parix.backup.RetentionDecision.Verdict;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RetentionDecisionTest {
    private static final BackupId BACKUP = new BackupId("b1");

    @Test
    @DisplayName("H12 each reason has one verdict, and only age and a wish remove")
    void verdicts() {
        assertThat(of(Verdict.REMOVE)).containsExactly("deletion-asked", "failed-and-old", "expired");
        assertThat(of(Verdict.REMOVING)).containsExactly("being-removed");
        assertThat(of(Verdict.LEAVE_ALONE)).containsExactly("foreign-installation", "location-not-registered");
        assertThat(of(Verdict.KEEP))
                .containsExactly(
                        "running",
                        "on-hold",
                        "not-swept",
                        "never-expires",
                        "within-period",
                        "in-use",
                        "base-of-running-backup",
                        "last-restorable",
                        "last-complete");
    }

    @Test
    @DisplayName("H4 what a backup needs must stay unless it is removed")
    void stays() {
        assertThat(Arrays.stream(Verdict.values()).filter(Verdict::stays).map(Verdict::code))
                .containsExactly("keep", "leave-alone");
    }

    @Test
    @DisplayName("H12 reasons are read back from their codes")
    void codes() {
        for (Reason reason : Reason.values()) {
            assertThat(Reason.of(reason.code())).contains(reason);
        }
        assertThat(Reason.of("EXPIRED")).isEmpty();
    }

    @Test
    @DisplayName("H12 a decision says why in words, and when its age ends where that decides")
    void decision() {
        RetentionDecision expired = new RetentionDecision(BACKUP, Reason.EXPIRED, "Old.", Instant.EPOCH);
        assertThat(expired.verdict()).isEqualTo(Verdict.REMOVE);
        assertThat(expired.expires()).contains(Instant.EPOCH);
        assertThat(new RetentionDecision(BACKUP, Reason.ON_HOLD, "Held.", null).expires())
                .isEmpty();
        assertThatThrownBy(() -> new RetentionDecision(BACKUP, Reason.EXPIRED, "", null))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    @DisplayName("H9 a preview sums up its databases, and a sum past all bounds is bounded")
    void preview() {
        RetentionDecision gone = new RetentionDecision(BACKUP, Reason.EXPIRED, "Old.", Instant.EPOCH);
        RetentionPreview.Database one =
                new RetentionPreview.Database(new DatabaseId("d1"), List.of(gone, gone), List.of(), new ByteSize(5));
        RetentionPreview.Database other =
                new RetentionPreview.Database(new DatabaseId("d2"), List.of(gone), List.of(gone), new ByteSize(6));
        RetentionPreview.Database vast = new RetentionPreview.Database(
                new DatabaseId("d3"), List.of(), List.of(), new ByteSize(Long.MAX_VALUE - 10));
        assertThat(preview(List.of(one, other)).removedCount()).isEqualTo(3);
        assertThat(preview(List.of(one, other)).freed()).isEqualTo(new ByteSize(11));
        assertThat(preview(List.of(one, other, vast)).freed()).isEqualTo(new ByteSize(Long.MAX_VALUE));
        assertThat(preview(List.of(one, vast)).freed()).isEqualTo(new ByteSize(Long.MAX_VALUE - 5));
    }

    private static RetentionPreview preview(List<RetentionPreview.Database> databases) {
        return new RetentionPreview(RetentionSetting.DEFAULT, RetentionSetting.DEFAULT, Instant.EPOCH, databases);
    }

    private static List<String> of(Verdict verdict) {
        return Arrays.stream(Reason.values())
                .filter(reason -> reason.verdict() == verdict)
                .map(Reason::code)
                .toList();
    }
}
