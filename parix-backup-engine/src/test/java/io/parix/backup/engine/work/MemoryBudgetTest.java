package io.parix.backup.engine.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.ByteSize;
import io.parix.backup.engine.settings.EngineSettings;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {
    private static final long ALL = ByteSize.mebibytes(256).bytes();

    private final EngineSettings settings =
            EngineSettings.builder().memory(new ByteSize(ALL)).concurrentJobs(2).build();
    private final MemoryBudget budget = new MemoryBudget(settings);

    @Test
    @DisplayName("J5 what fits beside the others runs, one byte more does not begin, and what was held is given back")
    void holds() {
        AtomicBoolean begun = new AtomicBoolean();
        boolean ran = budget.holding(ALL - 10, () -> {
            assertThat(budget.<Integer>holding(10, () -> 7)).isEqualTo(7);
            assertThatThrownBy(() -> budget.holding(11, () -> begun.getAndSet(true)))
                    .isInstanceOf(NoRoomException.class)
                    .hasMessageContaining("all but 10 B", "needs 11 B");
            return true;
        });

        assertThat(ran).isTrue();
        assertThat(begun).isFalse();
        assertThat(budget.<Integer>holding(ALL, () -> 1)).isEqualTo(1);
    }

    @Test
    @DisplayName("J5 work that fails gives back what it held")
    void givesBack() {
        assertThatThrownBy(() -> budget.holding(ALL, () -> {
                    throw new IllegalStateException("broken");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(budget.<Integer>holding(ALL, () -> 1)).isEqualTo(1);
    }

    @Test
    @DisplayName("J5 what needs more than there is runs alone")
    void alone() {
        assertThat(budget.<Boolean>holding(ALL + 1, () -> {
                    assertThatThrownBy(() -> budget.holding(1, () -> 1)).isInstanceOf(NoRoomException.class);
                    return true;
                }))
                .isTrue();
    }

    @Test
    @DisplayName("J5 a job has as many workers as leave room for the others, one at the least")
    void workers() {
        assertThat(budget.workers(8, count -> count * ALL / 8)).isEqualTo(4);
        assertThat(budget.workers(3, count -> count * ALL / 8)).isEqualTo(3);
        assertThat(budget.workers(8, count -> count * ALL)).isEqualTo(1);
    }

    @Test
    @DisplayName("J5 B8 a job that finds no room is looked at again, and no strike counts")
    void retried() {
        Instant now = Instant.parse("2026-11-23T09:00:00Z");
        Verdict verdict = new RetryPolicy(settings)
                .decide(new NoRoomException("full"), new RetryPolicy.Tried(8, now, now, Phase.Hold.NOTHING));

        assertThat(verdict).isEqualTo(new Verdict.Again(settings.retry().firstBackoff(), "full", 8));
    }
}
