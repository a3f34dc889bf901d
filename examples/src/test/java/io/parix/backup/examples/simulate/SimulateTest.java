package io.parix.backup.examples.simulate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulateTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    @DisplayName("I2 the command runs seeds and says how fast and what was never met")
    void runs() throws InterruptedException {
        assertThat(simulate("--seeds", "4", "--threads", "2")).isZero();

        assertThat(out.toString(UTF_8)).contains("4 seeds in ", "seeds/s", "virtual days/s", "never met: ");
    }

    @Test
    @DisplayName(
            "as many seeds are run as there is time for where only the time is told, and a thousand where nothing is")
    void seedsAndMinutes() {
        Options minutes = Options.of(new String[] {"--minutes", "30"});
        assertThat(minutes.mostSeeds()).isEqualTo(Options.MOST_SEEDS);
        assertThat(minutes.mostMinutes()).isEqualTo(30);

        Options seeds = Options.of(new String[] {"--seeds", "5000"});
        assertThat(seeds.mostSeeds()).isEqualTo(5_000);
        assertThat(seeds.mostMinutes()).isEqualTo(10);

        Options both = Options.of(new String[] {"--minutes", "30", "--seeds", "5000"});
        assertThat(both.mostSeeds()).isEqualTo(5_000);
        assertThat(both.mostMinutes()).isEqualTo(30);

        Options neither = Options.of(new String[] {"--threads", "1"});
        assertThat(neither.mostSeeds()).isEqualTo(1_000);
        assertThat(neither.mostMinutes()).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--seeds 0", "--seeds", "--seeds x", "--minutes -1", "--threads 257", "--speed 3"})
    @DisplayName("an option that is none is refused by a code")
    void refuses(String options) throws InterruptedException {
        assertThat(simulate(options.split(" "))).isEqualTo(2);

        assertThat(err.toString(UTF_8)).startsWith("invalid-option: ");
    }

    private int simulate(String... arguments) throws InterruptedException {
        return Simulate.run(arguments, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    }
}
