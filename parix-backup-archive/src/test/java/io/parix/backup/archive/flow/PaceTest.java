package io.parix.backup.archive.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.InvalidRequestException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long SECOND = 1_000_000_000;

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 7 * SECOND);
    private final Pace pace = new Pace(1_000, now::get);

    @Test
    @DisplayName("J5 what one eighth of a second holds passes at once, and the byte after it is waited for")
    void burst() {
        assertThat(pace.until(pace.take(125))).isZero();
        assertThat(pace.until(pace.take(1))).isEqualTo(SECOND / 1_000);
    }

    @Test
    @DisplayName("J5 however many share it, no more than the pace passes in the long run")
    void longRun() {
        long last = 0;
        for (int i = 0; i < 300; i++) {
            last = pace.take(10);
        }
        assertThat(pace.until(last)).isEqualTo(3 * SECOND - SECOND / 8);
    }

    @Test
    @DisplayName("J5 idle time is not saved up beyond the eighth of a second")
    void idle() {
        now.addAndGet(5 * SECOND);

        assertThat(pace.until(pace.take(1_125))).isEqualTo(SECOND);
    }

    @Test
    @DisplayName("J5 a pace that never moves a byte is refused")
    void standstill() {
        assertThatThrownBy(() -> new Pace(0, now::get)).isInstanceOf(InvalidRequestException.class);
        assertThat(new Pace(1, now::get).take(0)).isLessThanOrEqualTo(now.get());
    }
}
