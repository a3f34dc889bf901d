package io.parix.backup.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.InvalidRequestException;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorageLocationTest {
    private static final String ALPHABET = "ab:?&=%+/ \n'\"ä€😀";

    @Test
    @DisplayName("C11 an identity reads back as the same place, whatever stands in its settings")
    void roundTrip() {
        Random random = new Random(20261123);
        for (int i = 0; i < 2_000; i++) {
            Map<String, String> settings = new HashMap<>();
            for (int n = random.nextInt(4); n > 0; n--) {
                settings.put(text(random), text(random));
            }
            KeyPrefix prefix = random.nextBoolean() ? KeyPrefix.ROOT : new KeyPrefix("a/b-" + random.nextInt(100));
            StorageLocation place = new StorageLocation("local-" + random.nextInt(9), settings, prefix);

            assertThat(StorageLocation.parse(place.identity())).isEqualTo(place);
            assertThat(place.identity())
                    .isPrintable()
                    .isEqualTo(StorageLocation.parse(place.identity()).identity());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "local",
                "local:a",
                "?local:",
                "local:a?root=%zz",
                "local:a?root=%",
                "local:a?loose",
                "local:a?a=1&a=2",
                "local:a?b=1&a=2",
                "local:a?a=1&",
                "local:../a?",
                "Local:a?",
                ":a?",
                "local:a?a=b=c"
            })
    @DisplayName("C11 I4 what no place has as its identity is refused by code, never read in part")
    void malformed(String identity) {
        assertThatThrownBy(() -> StorageLocation.parse(identity)).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    @DisplayName("I4 a provider id has 1 to 64 lower-case letters, digits and dashes")
    void providerId() {
        assertThat(new StorageLocation("p".repeat(64), Map.of(), KeyPrefix.ROOT).provider())
                .hasSize(64);
        for (String wrong : new String[] {"", "p".repeat(65), "-p", "P", "p_q", "p\n"}) {
            assertThatThrownBy(() -> new StorageLocation(wrong, Map.of(), KeyPrefix.ROOT))
                    .isInstanceOf(InvalidRequestException.class);
        }
    }

    private static String text(Random random) {
        int[] points = ALPHABET.codePoints().toArray();
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(6); n > 0; n--) {
            text.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return text.toString();
    }
}
