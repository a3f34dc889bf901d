package io.parix.backup.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.spi.ConfigurationMistake;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RegionsTest {
    @Test
    @DisplayName("J5 a worker serves 1 to 100 regions whose names a profile can have")
    void bounds() {
        assertThat(Regions.mistakes(Set.of("eu-central-1"))).isEmpty();
        assertThat(Regions.mistakes(many(100))).isEmpty();
        assertThat(Regions.mistakes(Set.of("x".repeat(64)))).isEmpty();
        assertThat(Regions.mistakes(Set.of()))
                .extracting(ConfigurationMistake::key)
                .containsExactly("regions");
        assertThat(Regions.mistakes(many(101))).hasSize(1);
        assertThat(Regions.mistakes(Set.of("x".repeat(65), " ", "a\nb", "good")))
                .hasSize(3);
    }

    private static Set<String> many(int count) {
        return IntStream.range(0, count).mapToObj(i -> "r" + i).collect(Collectors.toSet());
    }
}
