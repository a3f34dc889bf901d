package io.parix.backup.core.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.BackupId;
import io.parix.backup.Deletion;
import io.parix.backup.Hold;
import io.parix.backup.Ownership;
import io.parix.backup.PendingRetention;
import io.parix.backup.RetentionDecision;
import io.parix.backup.RetentionDecision.Reason;
import io.parix.backup.RetentionDecision.Verdict;
import io.parix.backup.RetentionPeriod;
import io.parix.backup.RetentionSetting;
import io.parix.backup.core.retention.RetentionCandidate.Pin;
import io.parix.backup.core.retention.RetentionCandidate.Place;
import io.parix.backup.core.retention.RetentionCandidate.Stage;
import io.parix.backup.core.retention.RetentionFacts.Floor;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionPropertyTest {
    private static final int ROUNDS = 2_000;

    /** One drawn case and its plan. */
    private record Drawn(Random random, RandomFacts draw, RetentionFacts facts, RetentionSetting setting, Instant now) {
        RetentionPlan plan() {
            return RetentionRules.plan(facts, setting, now);
        }

        Set<BackupId> removed(RetentionFacts changed) {
            return RetentionRules.plan(changed, setting, now).backups(Verdict.REMOVE);
        }
    }

    @FunctionalInterface
    private interface Property {
        void check(Drawn drawn);
    }

    private static void holds(long seed, Property property) {
        Random random = new Random(seed);
        RandomFacts draw = new RandomFacts(random);
        for (int round = 0; round < ROUNDS; round++) {
            Drawn drawn = new Drawn(random, draw, draw.facts(), draw.setting(), draw.now());
            try {
                property.check(drawn);
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ", round " + round + ": " + e.getMessage(), e);
            }
        }
    }

    @ParameterizedTest(
            name = "H12 seed {0}: one decision for each backup, in their order, the same in any order and each time")
    @ValueSource(longs = {1, 20260301, 9_007_199_254_740_993L})
    void totalAndDeterministic(long seed) {
        holds(seed, drawn -> {
            RetentionPlan plan = drawn.plan();
            assertThat(plan.decisions().stream().map(RetentionDecision::backup))
                    .containsExactlyElementsOf(ids(drawn.facts()));
            assertThat(drawn.plan()).isEqualTo(plan);
            List<RetentionCandidate> shuffled = new ArrayList<>(drawn.facts().backups());
            Collections.shuffle(shuffled, drawn.random());
            RetentionPlan other = RetentionRules.plan(with(drawn.facts(), shuffled), drawn.setting(), drawn.now());
            assertThat(other.decisions()).containsExactlyInAnyOrderElementsOf(plan.decisions());
            assertThat(other.nextLook()).isEqualTo(plan.nextLook());
        });
    }

    @ParameterizedTest(name = "H4 H6 H7 H8 C11 seed {0}: removed is exactly what the rules in their own words remove")
    @ValueSource(longs = {2, 20260302, 9_007_199_254_740_992L})
    void agreesWithTheRulesInTheirOwnWords(long seed) {
        List<Integer> removed = new ArrayList<>();
        holds(seed, drawn -> {
            Set<BackupId> due = drawn.facts().backups().stream()
                    .filter(row -> isDue(row, drawn))
                    .map(RetentionCandidate::backup)
                    .collect(Collectors.toSet());
            assertThat(drawn.plan().backups(Verdict.REMOVE)).isEqualTo(due);
            removed.add(due.size());
        });
        assertThat(removed.stream().filter(n -> n > 0).count()).isBetween(ROUNDS / 10L, ROUNDS * 9L / 10);
    }

    /** Whether a backup goes, straight from the specification's words. */
    private static boolean isDue(RetentionCandidate row, Drawn drawn) {
        boolean finished = row.stage() == Stage.COMPLETED || row.stage() == Stage.FAILED_AND_SWEPT;
        boolean ours = row.ownership() == Ownership.OWN
                && (row.place() == Place.REGISTERED || row.stage() == Stage.FAILED_AND_SWEPT);
        boolean wanted = row.hold() != null || !row.pins().isEmpty();
        RetentionPeriod period = drawn.setting().inForceAt(drawn.now()).period();
        boolean old = period instanceof RetentionPeriod.Days some
                && row.endedAt() != null
                && !drawn.now().isBefore(row.endedAt().plus(Duration.ofDays(some.days())));
        boolean going = old || row.deletion() != null;
        return finished && ours && !wanted && going && !row.backup().equals(floor(drawn.facts()));
    }

    private static @Nullable BackupId floor(RetentionFacts facts) {
        if (facts.floor() == Floor.OFF || facts.database().equals(Row.DELETED)) {
            return null;
        }
        RetentionCandidate newest = null;
        for (RetentionCandidate row : facts.backups()) {
            boolean counts = row.stage() == Stage.COMPLETED
                    && row.ownership() == Ownership.OWN
                    && row.place() == Place.REGISTERED;
            if (counts && (newest == null || isBetter(row, newest))) {
                newest = row;
            }
        }
        return newest == null ? null : newest.backup();
    }

    /** One that is damaged is kept only where no other can be promised, and one that is to be deleted where there is no other. */
    private static boolean isBetter(RetentionCandidate row, RetentionCandidate other) {
        boolean sound = !Row.DAMAGED.equals(row.verification());
        if (sound == Row.DAMAGED.equals(other.verification())) {
            return sound;
        }
        boolean stays = row.deletion() == null;
        return stays == (other.deletion() == null) ? isNewer(row, other) : stays;
    }

    private static boolean isNewer(RetentionCandidate row, RetentionCandidate other) {
        int order = Objects.requireNonNull(row.endedAt()).compareTo(Objects.requireNonNull(other.endedAt()));
        if (order == 0) {
            order = covers(row).compareTo(covers(other));
        }
        return order > 0
                || (order == 0 && row.backup().value().compareTo(other.backup().value()) > 0);
    }

    private static Instant covers(RetentionCandidate row) {
        return row.completeBefore() == null ? Instant.MIN : row.completeBefore();
    }

    @ParameterizedTest(name = "H1 H8 seed {0}: a longer period never removes more")
    @ValueSource(longs = {3, 20260303})
    void longerRemovesNoMore(long seed) {
        holds(seed, drawn -> {
            RetentionPeriod a = drawn.draw().period();
            RetentionPeriod b = drawn.draw().period();
            RetentionPeriod longer = a.shorterThan(b) ? b : a;
            RetentionPeriod shorter = a.shorterThan(b) ? a : b;
            assertThat(removed(drawn, Row.setting(shorter))).containsAll(removed(drawn, Row.setting(longer)));
        });
    }

    @ParameterizedTest(name = "H4 H6 F6 seed {0}: a hold or a use never removes more, and keeps its own backup")
    @ValueSource(longs = {4, 20260304})
    void holdsAndUsesRemoveNoMore(long seed) {
        holds(seed, drawn -> {
            RetentionCandidate some = drawn.draw().any(drawn.facts(), new Row("none").candidate());
            List<UnaryOperator<RetentionCandidate>> changes = List.of(
                    RetentionPropertyTest::held,
                    row -> pinned(row, Pin.RESTORE),
                    row -> pinned(row, Pin.DRILL),
                    row -> pinned(row, Pin.RUNNING_BACKUP));
            for (UnaryOperator<RetentionCandidate> change : changes) {
                // A hold takes a deletion back, which is another change.
                boolean takenBack = change.apply(some).deletion() == null;
                Set<BackupId> before = drawn.removed(
                        takenBack
                                ? changed(drawn.facts(), some.backup(), RetentionPropertyTest::undeleted)
                                : drawn.facts());
                Set<BackupId> after = drawn.removed(changed(drawn.facts(), some.backup(), change));
                assertThat(before).containsAll(after);
                assertThat(after).doesNotContain(some.backup());
                assertThat(before.size() - after.size()).isLessThanOrEqualTo(1);
            }
        });
    }

    @ParameterizedTest(name = "H7 seed {0}: without one of its backups a database loses none of the others")
    @ValueSource(longs = {5, 20260305})
    void takingOneAwayRemovesNoOther(long seed) {
        holds(seed, drawn -> {
            RetentionCandidate gone = drawn.draw().any(drawn.facts(), new Row("none").candidate());
            List<RetentionCandidate> rest = drawn.facts().backups().stream()
                    .filter(row -> !row.equals(gone))
                    .toList();
            Set<BackupId> before = drawn.removed(drawn.facts());
            Set<BackupId> after = drawn.removed(with(drawn.facts(), rest));
            assertThat(before).containsAll(after);
            Set<BackupId> saved = new HashSet<>(before);
            saved.removeAll(after);
            saved.remove(gone.backup());
            assertThat(saved).hasSizeLessThanOrEqualTo(1);
        });
    }

    @ParameterizedTest(
            name = "H7 seed {0}: the floor keeps at most one backup, the newest, and only where it would go otherwise")
    @ValueSource(longs = {6, 20260306})
    void floorKeepsOne(long seed) {
        List<BackupId> kept = new ArrayList<>();
        holds(seed, drawn -> {
            RetentionFacts on =
                    new RetentionFacts(drawn.facts().backups(), drawn.facts().database(), Floor.KEEPS_LAST);
            RetentionFacts off =
                    new RetentionFacts(drawn.facts().backups(), drawn.facts().database(), Floor.OFF);
            Set<BackupId> saved = new HashSet<>(drawn.removed(off));
            saved.removeAll(drawn.removed(on));
            RetentionPlan plan = RetentionRules.plan(on, drawn.setting(), drawn.now());
            Set<BackupId> last = new HashSet<>(backups(plan, Reason.LAST_RESTORABLE));
            last.addAll(backups(plan, Reason.LAST_COMPLETE));
            assertThat(last).isEqualTo(saved);
            assertThat(saved).hasSizeLessThanOrEqualTo(1);
            Optional<BackupId> newest = Optional.ofNullable(floor(on));
            assertThat(newest.filter(drawn.removed(off)::contains).map(Set::of).orElse(Set.of()))
                    .isEqualTo(saved);
            newest.ifPresent(id -> assertThat(plan.backups(Verdict.KEEP)).contains(id));
            kept.addAll(saved);
        });
        assertThat(kept).hasSizeGreaterThan(ROUNDS / 20);
    }

    @ParameterizedTest(name = "H2 seed {0}: a deleted database keeps nothing past its age but what is held or in use")
    @ValueSource(longs = {7, 20260307})
    void deletedKeepsNothingOld(long seed) {
        holds(seed, drawn -> {
            RetentionFacts deleted = new RetentionFacts(
                    drawn.facts().backups(), Row.DELETED, drawn.facts().floor());
            RetentionPlan plan = RetentionRules.plan(deleted, drawn.setting(), drawn.now());
            assertThat(backups(plan, Reason.LAST_RESTORABLE)).isEmpty();
            assertThat(backups(plan, Reason.LAST_COMPLETE)).isEmpty();
            for (int i = 0; i < plan.decisions().size(); i++) {
                RetentionCandidate row = deleted.backups().get(i);
                RetentionDecision decision = plan.decisions().get(i);
                boolean past = decision.expires()
                        .filter(at -> !at.isAfter(drawn.now()))
                        .isPresent();
                if (past && row.hold() == null && row.pins().isEmpty()) {
                    assertThat(decision.verdict()).isEqualTo(Verdict.REMOVE);
                }
            }
        });
    }

    @ParameterizedTest(name = "H8 H9 seed {0}: until its next look a plan stays the same, and there it changes")
    @ValueSource(longs = {8, 20260308})
    void sameUntilTheNextLook(long seed) {
        List<Boolean> looks = new ArrayList<>();
        holds(seed, drawn -> {
            RetentionPlan plan = drawn.plan();
            Instant look = plan.nextLook();
            Instant last = look == null ? Row.days(4_000) : look.minus(1, ChronoUnit.MICROS);
            assertThat(last).isAfterOrEqualTo(drawn.now());
            long micros = ChronoUnit.MICROS.between(drawn.now(), last);
            long some = (long) (drawn.random().nextDouble() * micros);
            for (Instant at : List.of(last, drawn.now().plus(some, ChronoUnit.MICROS))) {
                assertThat(RetentionRules.plan(drawn.facts(), drawn.setting(), at))
                        .isEqualTo(plan);
            }
            if (look != null
                    && !look.equals(drawn.setting()
                            .pendingChange()
                            .map(PendingRetention::effectiveAt)
                            .orElse(null))) {
                assertThat(RetentionRules.plan(drawn.facts(), drawn.setting(), look)
                                .decisions())
                        .isNotEqualTo(plan.decisions());
            }
            looks.add(look != null);
        });
        assertThat(looks).contains(true, false);
    }

    @ParameterizedTest(name = "H9 seed {0}: what a decision says of its expiry comes true, pending changes counted")
    @ValueSource(longs = {9, 20260309})
    void expiryComesTrue(long seed) {
        holds(seed, drawn -> {
            for (RetentionDecision decision : drawn.plan().decisions()) {
                if (decision.reason() == Reason.WITHIN_PERIOD) {
                    Instant at = decision.expires().orElseThrow();
                    assertThat(at).isAfter(drawn.now());
                    assertThat(reason(drawn, decision.backup(), at.minus(1, ChronoUnit.MICROS)))
                            .isEqualTo(Reason.WITHIN_PERIOD);
                    assertThat(reason(drawn, decision.backup(), at)).isNotEqualTo(Reason.WITHIN_PERIOD);
                }
            }
        });
    }

    private static Reason reason(Drawn drawn, BackupId backup, Instant at) {
        return RetentionRules.plan(drawn.facts(), drawn.setting(), at).decisions().stream()
                .filter(decision -> decision.backup().equals(backup))
                .map(RetentionDecision::reason)
                .findFirst()
                .orElseThrow();
    }

    private static Set<BackupId> removed(Drawn drawn, RetentionSetting setting) {
        return RetentionRules.plan(drawn.facts(), setting, drawn.now()).backups(Verdict.REMOVE);
    }

    private static Set<BackupId> backups(RetentionPlan plan, Reason reason) {
        return plan.decisions().stream()
                .filter(decision -> decision.reason() == reason)
                .map(RetentionDecision::backup)
                .collect(Collectors.toSet());
    }

    private static List<BackupId> ids(RetentionFacts facts) {
        return facts.backups().stream().map(RetentionCandidate::backup).toList();
    }

    private static RetentionFacts with(RetentionFacts facts, List<RetentionCandidate> backups) {
        return new RetentionFacts(backups, facts.database(), facts.floor());
    }

    private static RetentionFacts changed(
            RetentionFacts facts, BackupId backup, UnaryOperator<RetentionCandidate> change) {
        return with(
                facts,
                facts.backups().stream()
                        .map(row -> row.backup().equals(backup) ? change.apply(row) : row)
                        .toList());
    }

    @ParameterizedTest(
            name = "H6 H7 seed {0}: asking for a deletion removes that backup and no other, unless it is the last one")
    @ValueSource(longs = {10, 20260310})
    void aDeletionRemovesItsOwnBackupAlone(long seed) {
        List<BackupId> deleted = new ArrayList<>();
        holds(seed, drawn -> {
            RetentionCandidate some = drawn.draw().any(drawn.facts(), new Row("none").candidate());
            if (some.stage() == Stage.COMPLETED && some.hold() == null) {
                RetentionFacts asked = changed(drawn.facts(), some.backup(), RetentionPropertyTest::deleted);
                Set<BackupId> before = drawn.removed(drawn.facts());
                Set<BackupId> after = new HashSet<>(drawn.removed(asked));
                boolean goes = after.remove(some.backup());
                assertThat(before).containsAll(after);
                assertThat(goes && some.backup().equals(floor(asked))).isFalse();
                if (goes) {
                    deleted.add(some.backup());
                }
            }
        });
        assertThat(deleted).hasSizeGreaterThan(ROUNDS / 20);
    }

    private static RetentionCandidate undeleted(RetentionCandidate row) {
        return but(row, row.hold(), null, row.pins());
    }

    private static RetentionCandidate deleted(RetentionCandidate row) {
        return but(row, row.hold(), new Deletion(Row.OWNER, Row.NOON), row.pins());
    }

    private static RetentionCandidate held(RetentionCandidate row) {
        return but(row, new Hold(Hold.Reason.ASKED, Row.OWNER, Row.NOON), null, row.pins());
    }

    private static RetentionCandidate pinned(RetentionCandidate row, Pin pin) {
        return but(row, row.hold(), row.deletion(), Set.of(pin));
    }

    private static RetentionCandidate but(
            RetentionCandidate row, @Nullable Hold hold, @Nullable Deletion deletion, Set<Pin> pins) {
        return new RetentionCandidate(
                row.backup(),
                row.stage(),
                row.endedAt(),
                row.completeBefore(),
                row.verification(),
                hold,
                deletion,
                row.ownership(),
                row.place(),
                row.manifest(),
                pins);
    }
}
