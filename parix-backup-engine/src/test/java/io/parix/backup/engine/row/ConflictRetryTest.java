package io.parix.backup.engine.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.spi.catalog.CatalogConflictException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConflictRetryTest {
    private final AtomicInteger attempts = new AtomicInteger();

    /** Meets another writer so often before it gets through. */
    private String attempt(int conflicts) {
        if (attempts.incrementAndGet() <= conflicts) {
            throw new CatalogConflictException("b1", attempts.get(), null);
        }
        return "written";
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10})
    @DisplayName("J5 a write that meets others gets through at its last try")
    void lastTry(int tries) {
        assertThat(new ConflictRetry(tries).run("change b1", () -> attempt(tries - 1)))
                .isEqualTo("written");
        assertThat(attempts).hasValue(tries);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10})
    @DisplayName("J5 I4 one that meets others at every try ends by code, and not as a lost claim")
    void noTryMore(int tries) {
        assertThatThrownBy(() -> new ConflictRetry(tries).run("change b1", () -> attempt(tries)))
                .isInstanceOfSatisfying(
                        FailedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CATALOG_CONFLICT))
                .hasMessage("Cannot change b1: others changed it at each of " + tries + " tries. Try again.")
                .hasCauseInstanceOf(CatalogConflictException.class);
        assertThat(attempts).hasValue(tries);
    }

    @Test
    @DisplayName("I4 whatever else an attempt throws ends it at once")
    void others() {
        FailedException gone = new FailedException(ErrorCode.NOT_FOUND, "gone");
        assertThatThrownBy(() -> new ConflictRetry(10).run("change b1", () -> {
                    attempts.incrementAndGet();
                    throw gone;
                }))
                .isSameAs(gone);
        assertThat(attempts).hasValue(1);
    }

    @Test
    @DisplayName("J5 no tries at all are refused")
    void none() {
        assertThatThrownBy(() -> new ConflictRetry(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
