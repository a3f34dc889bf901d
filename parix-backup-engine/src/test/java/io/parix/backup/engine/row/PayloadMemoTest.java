package io.parix.backup.engine.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class PayloadMemoTest {
    private final PayloadMemo memo = new PayloadMemo();
    private int parsed;

    private record One(String json) {}

    private record Other(String json) {}

    private One one(String json) {
        return memo.get(json, One.class, () -> {
            parsed++;
            return new One(json);
        });
    }

    @Test
    void whatIsAsItWasIsNotParsedAgainAndAChangedPayloadIs() {
        assertThat(one("a")).isSameAs(one("a")).isEqualTo(new One("a"));
        assertThat(parsed).isEqualTo(1);

        assertThat(one("b")).isEqualTo(new One("b"));
        assertThat(parsed).isEqualTo(2);
    }

    @Test
    void theSameTextOfAnotherTypeIsAnother() {
        one("a");

        assertThat(memo.get("a", Other.class, () -> new Other("a"))).isEqualTo(new Other("a"));
    }

    @Test
    void whatCannotBeParsedIsTriedAgain() {
        Supplier<One> broken = () -> {
            throw new FailedException(ErrorCode.FORMAT_UNKNOWN, "no");
        };

        assertThatThrownBy(() -> memo.get("a", One.class, broken)).isInstanceOf(FailedException.class);
        assertThatThrownBy(() -> memo.get("a", One.class, broken)).isInstanceOf(FailedException.class);
        assertThat(one("a")).isEqualTo(new One("a"));
    }

    @Test
    void longPayloadsAreNotRemembered() {
        String longest = "x".repeat(16 << 10);
        one(longest);
        one(longest);
        assertThat(parsed).isEqualTo(1);

        one(longest + "x");
        one(longest + "x");
        assertThat(parsed).isEqualTo(3);
    }

    @Test
    void theLastThousandAreRemembered() {
        for (int i = 0; i < 1_000; i++) {
            one("p" + i);
        }
        one("p0");
        assertThat(parsed).isEqualTo(1_000);

        one("more");
        one("p0");
        assertThat(parsed).as("the one read last stays").isEqualTo(1_001);
        one("p1");
        assertThat(parsed).as("the one read longest ago has gone").isEqualTo(1_002);
    }
}
