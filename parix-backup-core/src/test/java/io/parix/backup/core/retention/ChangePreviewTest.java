package io.parix.backup.core.retention;

import static io.parix.backup.core.retention.Row.OWNER;
import static io.parix.backup.core.retention.Row.completed;
import static io.parix.backup.core.retention.Row.days;
import static io.parix.backup.core.retention.Row.setting;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.BackupId;
import io.parix.backup.ByteSize;
import io.parix.backup.DatabaseId;
import io.parix.backup.Hold;
import io.parix.backup.RetentionDecision;
import io.parix.backup.RetentionDecision.Verdict;
import io.parix.backup.RetentionPeriod;
import io.parix.backup.RetentionPreview;
import io.parix.backup.RetentionSetting;
import io.parix.backup.core.retention.RetentionCandidate.Stage;
import io.parix.backup.core.retention.RetentionFacts.Floor;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangePreviewTest {
    private static final DatabaseId LEDGER = new DatabaseId("ledger");
    private static final Duration WINDOW = Duration.ofDays(1);
    /** Backups of days 0 to 4, each with an object of its own, one it shares with the next, and one that all share. */
    private static final List<Row> ROWS = List.of(
            completed("b0", days(0)),
            completed("b1", days(1)),
            completed("b2", days(2)),
            completed("b3", days(3)),
            completed("b4", days(4)));

    private static final ChangePreview.Freed OBJECTS = (gone, staying) -> SharedBytes.freed(objects(), gone, staying);

    private static Map<BackupId, Map<String, Long>> objects() {
        Map<BackupId, Map<String, Long>> objects = new HashMap<>();
        for (int i = 0; i < 5; i++) {
            Map<String, Long> needed = Map.of("own-" + i, 1L, "from-" + i, 10L, "from-" + (i + 1), 10L, "all", 100L);
            objects.put(new BackupId("b" + i), needed);
        }
        return objects;
    }

    private static RetentionFacts facts(List<Row> rows) {
        return new RetentionFacts(rows.stream().map(Row::candidate).toList(), Row.LIVE, Floor.KEEPS_LAST);
    }

    private static ChangePreview change(RetentionSetting before, RetentionPeriod to, Instant now) {
        return new ChangePreview(before, before.change(to, OWNER, now, WINDOW), now);
    }

    private static Set<BackupId> ids(List<RetentionDecision> decisions) {
        return decisions.stream().map(RetentionDecision::backup).collect(Collectors.toSet());
    }

    private static Set<BackupId> ids(String... ids) {
        return Arrays.stream(ids).map(BackupId::new).collect(Collectors.toSet());
    }

    @Test
    @DisplayName("H9 D4 a shortening shows what goes when its window is over, and the bytes that no other backup needs")
    void shortening() {
        ChangePreview change = change(setting(30), RetentionPeriod.days(3), days(4));
        RetentionPreview.Database preview =
                change.of(LEDGER, facts(ROWS), OBJECTS).orElseThrow();
        assertThat(change.effectiveAt()).isEqualTo(days(5));
        assertThat(ids(preview.removed())).isEqualTo(ids("b0", "b1", "b2"));
        assertThat(preview.spared()).isEmpty();
        assertThat(preview.freed()).isEqualTo(new ByteSize(3 * 1 + 3 * 10));
        assertThat(preview.database()).isEqualTo(LEDGER);
        RetentionPreview whole = change.with(List.of(preview));
        assertThat(whole).isEqualTo(new RetentionPreview(change.before(), change.after(), days(5), List.of(preview)));
    }

    @Test
    @DisplayName("H9 what goes by then anyway is no difference that the change makes")
    void goesAnyway() {
        ChangePreview change = change(setting(5), RetentionPeriod.days(3), days(4));
        RetentionPreview.Database preview =
                change.of(LEDGER, facts(ROWS), OBJECTS).orElseThrow();
        assertThat(ids(preview.removed())).isEqualTo(ids("b1", "b2"));
        assertThat(preview.freed()).isEqualTo(new ByteSize(2 * 1 + 2 * 10));
    }

    @Test
    @DisplayName("H6 H7 H9 the floor and holds are seen by previews, and what they keep frees nothing")
    void heldAndLast() {
        List<Row> rows =
                List.of(completed("b0", days(0)), completed("b1", days(1)).held(Hold.Reason.ASKED));
        ChangePreview change = change(setting(300), RetentionPeriod.days(3), days(100));
        RetentionPreview.Database preview =
                change.of(LEDGER, facts(rows), OBJECTS).orElseThrow();
        assertThat(ids(preview.removed())).isEqualTo(ids("b0"));
        assertThat(preview.freed()).isEqualTo(new ByteSize(11));
        assertThat(change.of(LEDGER, facts(List.of(completed("b0", days(0)))), OBJECTS))
                .isEmpty();
    }

    @Test
    @DisplayName("H4 H9 a backup that is being removed keeps no bytes from being freed")
    void leaving() {
        List<Row> rows =
                List.of(completed("b0", days(0)), completed("b1", days(1)).ended(Stage.EXPIRING, days(1)), ROWS.get(4));
        RetentionPreview.Database preview = change(setting(30), RetentionPeriod.days(3), days(4))
                .of(LEDGER, facts(rows), OBJECTS)
                .orElseThrow();
        assertThat(preview.freed()).isEqualTo(new ByteSize(21));
    }

    @Test
    @DisplayName("H9 a lengthening spares what is due and not gone yet, at once")
    void lengthening() {
        ChangePreview change = change(setting(2), RetentionPeriod.days(30), days(4));
        RetentionPreview.Database preview =
                change.of(LEDGER, facts(ROWS), OBJECTS).orElseThrow();
        assertThat(change.effectiveAt()).isEqualTo(days(4)).isEqualTo(change.settledAt());
        assertThat(preview.removed()).isEmpty();
        assertThat(ids(preview.spared())).isEqualTo(ids("b0", "b1", "b2"));
        assertThat(preview.freed()).isEqualTo(ByteSize.ZERO);
    }

    @Test
    @DisplayName("H9 cancelling a pending shortening spares what it would have removed")
    void cancelling() {
        RetentionSetting before = setting(30).change(RetentionPeriod.days(3), OWNER, days(4), WINDOW);
        ChangePreview change = change(before, RetentionPeriod.days(30), days(4));
        assertThat(change.effectiveAt()).isEqualTo(days(4));
        assertThat(change.settledAt()).isEqualTo(days(5));
        RetentionPreview.Database preview =
                change.of(LEDGER, facts(ROWS), OBJECTS).orElseThrow();
        assertThat(ids(preview.spared())).isEqualTo(ids("b0", "b1", "b2"));
        assertThat(preview.removed()).isEmpty();
    }

    @Test
    @DisplayName("H9 a change whose time has come before now is compared as of now")
    void longEffective() {
        RetentionSetting before = Row.shortened(RetentionPeriod.days(30), 3, days(1));
        ChangePreview change = change(before, RetentionPeriod.days(3), days(4));
        assertThat(change.settledAt()).isEqualTo(days(4));
        assertThat(change.of(LEDGER, facts(ROWS), OBJECTS)).isEmpty();
    }

    @ParameterizedTest(name = "H9 seed {0}: a preview is the difference of the plans that clean-up would execute")
    @ValueSource(longs = {1, 20260301, 9_007_199_254_740_993L})
    void differenceOfPlans(long seed) {
        Random random = new Random(seed);
        RandomFacts draw = new RandomFacts(random);
        int differences = 0;
        for (int round = 0; round < 2_000; round++) {
            RetentionFacts facts = draw.facts();
            RetentionSetting before = draw.setting();
            Instant now = draw.now();
            ChangePreview change = change(before, draw.period(), now);
            Instant then = change.settledAt();
            Set<BackupId> unchanged = RetentionRules.plan(facts, before, then).backups(Verdict.REMOVE);
            Set<BackupId> changed =
                    RetentionRules.plan(facts, change.after(), then).backups(Verdict.REMOVE);

            Optional<RetentionPreview.Database> preview = change.of(LEDGER, facts, (gone, staying) -> ByteSize.ZERO);

            assertThat(preview.map(p -> ids(p.removed())).orElse(Set.of()))
                    .as("seed %s, round %s", seed, round)
                    .isEqualTo(without(changed, unchanged));
            assertThat(preview.map(p -> ids(p.spared())).orElse(Set.of())).isEqualTo(without(unchanged, changed));
            assertThat(then).isAfterOrEqualTo(now).isAfterOrEqualTo(change.effectiveAt());
            assertThat(change.before().inForceAt(then).pendingChange()).isEmpty();
            differences += preview.isPresent() ? 1 : 0;
        }
        assertThat(differences).isGreaterThan(200);
    }

    private static Set<BackupId> without(Set<BackupId> all, Set<BackupId> some) {
        Set<BackupId> rest = new HashSet<>(all);
        rest.removeAll(some);
        return rest;
    }
}
