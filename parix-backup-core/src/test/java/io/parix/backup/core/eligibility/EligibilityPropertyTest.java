package io.parix.backup.core.eligibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.CapturedProfile;
import io.parix.backup.Check;
import io.parix.backup.DatabaseProfile;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.JobStatus;
import io.parix.backup.Report;
import io.parix.backup.RestoreId;
import io.parix.backup.Workflow;
import io.parix.backup.WorkflowKind;
import io.parix.backup.core.profile.ProfileValue;
import io.parix.backup.core.profile.Profiles;
import io.parix.backup.host.DatabaseFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EligibilityPropertyTest {
    private static final int ROUNDS = 2_000;

    @ParameterizedTest(
            name = "E E15 seed {0}: same rules in the same order, and each fails exactly where its own words say")
    @ValueSource(longs = {1, 20260301, 9_007_199_254_740_993L})
    void agreesWithTheRulesInTheirOwnWords(long seed) {
        Random random = new Random(seed);
        int passed = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Facts facts = facts(random);

            Report report = facts.report();

            assertThat(report.checks().stream().map(Check::rule).toList()).isEqualTo(EligibilityTest.RULES);
            assertThat(report.checks().stream().map(check -> !check.failed()).toList())
                    .as("seed %s, round %s", seed, round)
                    .isEqualTo(holds(facts));
            assertThat(report.passed()).isEqualTo(!holds(facts).contains(false));
            passed += report.passed() ? 1 : 0;
        }
        assertThat(passed).as("rounds that passed").isBetween(ROUNDS / 50, ROUNDS - ROUNDS / 50);
    }

    private static Facts facts(Random random) {
        Facts facts = new Facts();
        facts.status = seldom(random) ? pick(random, JobStatus.values()) : JobStatus.COMPLETED;
        facts.failure = facts.status == JobStatus.FAILED ? Facts.failure("Gone.") : null;
        facts.verification = seldom(random) ? Facts.DAMAGED : random.nextBoolean() ? Facts.WRITTEN : null;
        if (seldom(random)) {
            Report report = random.nextBoolean() ? Facts.MISSING : Report.empty();
            Set<Integer> replicas = random.nextBoolean() ? Set.of(0, 2) : Set.of(0, 1, 2);
            facts.presence = random.nextInt(3) == 0 ? null : new Presence(Facts.NOON, report, replicas);
        }
        facts.replicaCount = seldom(random) ? null : Integer.valueOf(1 + random.nextInt(3));
        if (seldom(random)) {
            facts.profile = random.nextInt(4) == 0
                    ? CapturedProfile.NONE
                    : Profiles.capturedWithout(pick(random, ProfileValue.values()));
        }
        facts.retained = seldom(random) ? pick(random, Retained.values()) : Retained.KEPT;
        facts.database = seldom(random) ? database(random) : Facts.LIVE;
        facts.self = random.nextBoolean() ? new RestoreId("r1") : null;
        facts.active = seldom(random)
                ? List.of(new Workflow(pick(random, WorkflowKind.values()), random.nextBoolean() ? "r1" : "x"))
                : List.of();
        return facts;
    }

    private static DatabaseFacts database(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> Facts.DELETED;
            case 1 -> Facts.UNKNOWN;
            case 2 -> new DatabaseFacts.Live(Profiles.in(DatabaseStatus.PROVISIONING));
            default -> new DatabaseFacts.Live(Profiles.withOther(pick(random, ProfileValue.values())));
        };
    }

    private static boolean seldom(Random random) {
        return random.nextInt(8) == 0;
    }

    private static <T> T pick(Random random, T[] values) {
        return values[random.nextInt(values.length)];
    }

    /** The rules once more, straight from the specification's words. */
    private static List<Boolean> holds(Facts f) {
        List<Boolean> holds = new ArrayList<>();
        Presence seen = f.presence;
        boolean damaged = f.verification != null && !f.verification.passed();
        holds.add(f.status == JobStatus.COMPLETED);
        holds.add(seen != null && seen.report().passed() && !damaged);
        holds.add(seen != null && f.replicaCount != null && hasAll(seen.replicas(), f.replicaCount));
        CapturedProfile was = f.profile;
        CapturedProfile is = f.database instanceof DatabaseFacts.Live live
                ? CapturedProfile.of(live.profile())
                : CapturedProfile.NONE;
        holds.add(!anyMissing(was));
        holds.add(same(was.region(), is.region()));
        holds.add(same(was.nodeCount(), is.nodeCount()));
        holds.add(same(was.vcpu(), is.vcpu()));
        holds.add(same(was.memory(), is.memory()));
        holds.add(same(was.storageTier(), is.storageTier()));
        holds.add(same(was.storageSize(), is.storageSize()));
        holds.add(same(was.networkMode(), is.networkMode()));
        holds.add(same(was.developmentMode(), is.developmentMode()));
        holds.add(same(was.tigerBeetleVersion(), is.tigerBeetleVersion()));
        holds.add(!(f.database instanceof DatabaseFacts.Unknown)
                && f.active.stream().allMatch(w -> isSelf(w, f)));
        holds.add(f.retained == Retained.KEPT);
        holds.add(f.database instanceof DatabaseFacts.Live live && isActive(live.profile()));
        return holds;
    }

    private static boolean isActive(DatabaseProfile profile) {
        return profile.status().equals(DatabaseStatus.ACTIVE);
    }

    private static boolean hasAll(Set<Integer> replicas, int count) {
        for (int i = 0; i < count; i++) {
            if (!replicas.contains(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean anyMissing(CapturedProfile was) {
        return was.toString().contains("=null");
    }

    private static boolean same(@Nullable Object was, @Nullable Object is) {
        return was != null && Objects.equals(was, is);
    }

    private static boolean isSelf(Workflow workflow, Facts f) {
        return f.self != null
                && workflow.kind() == WorkflowKind.RESTORE
                && workflow.owner().equals(f.self.value());
    }
}
