package io.parix.backup.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.InvalidRequestException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                "../a",
                "a/../b",
                "a/..",
                "a..b",
                "/a",
                "a/",
                "a//b",
                "./a",
                "a/./b",
                ".a",
                "-a",
                "a b",
                "a\n",
                "a\u0000b",
                "a\\b",
                "a:b",
                "a?b",
                "ä",
                "~a",
                "a%2fb"
            })
    @DisplayName("I4 a key or prefix that could leave its place is refused")
    void hostile(String name) {
        assertThatThrownBy(() -> new ObjectKey(name)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> new KeyPrefix(name)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> KeyPrefix.ROOT.key(name)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> new KeyPrefix("safe").folder(name)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> ObjectKey.within(name, KeyPrefix.ROOT)).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    @DisplayName("I4 a key has at most 1,000 characters, a segment 200; only the prefix may be empty")
    void lengths() {
        String segment = "s".repeat(200);
        String longest = String.join("/", segment, segment, segment, segment, "s".repeat(196));
        assertThat(new ObjectKey(longest).value()).hasSize(1_000);
        assertThatThrownBy(() -> new ObjectKey(longest + "x")).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> new ObjectKey(segment + "x")).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> new ObjectKey("")).isInstanceOf(InvalidRequestException.class);
        assertThat(new KeyPrefix("")).isEqualTo(KeyPrefix.ROOT);
    }

    @Test
    @DisplayName("C11 a prefix holds whole segments only: a neighbour with the same beginning is outside")
    void neighbours() {
        KeyPrefix prefix = new KeyPrefix("a/db-1");
        assertThat(prefix.contains(new ObjectKey("a/db-1/x"))).isTrue();
        assertThat(prefix.contains(new ObjectKey("a/db-10/x"))).isFalse();
        assertThat(prefix.contains(new ObjectKey("a/db-1"))).isFalse();
        assertThat(KeyPrefix.ROOT.contains(new ObjectKey("x"))).isTrue();
        assertThatThrownBy(() -> ObjectKey.within("a/db-10/x", prefix)).isInstanceOf(InvalidRequestException.class);
        assertThat(ObjectKey.within("a/db-1/x", prefix).name()).isEqualTo("x");
    }

    @Test
    @DisplayName("I4 a byte range is not empty, not negative and ends within 64 bits")
    void ranges() {
        assertThat(new ByteRange(Long.MAX_VALUE - 1, 1).end()).isEqualTo(Long.MAX_VALUE);
        assertThat(new ByteRange(0, 1).end()).isEqualTo(1);
        assertThatThrownBy(() -> new ByteRange(Long.MAX_VALUE, 1)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> new ByteRange(0, 0)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> new ByteRange(-1, 1)).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    @DisplayName("C4 checksums are those of the published vectors, over a part as over the whole")
    void checksums() {
        byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
        Checksums whole = Checksums.of(digits);
        assertThat(whole.crc32c()).isEqualTo(0xE3069283);
        assertThat(whole.sha256()).isEqualTo("15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225");
        byte[] within = "xx123456789yy".getBytes(StandardCharsets.US_ASCII);
        assertThat(Checksums.of(within, 2, 9)).isEqualTo(whole);
        assertThat(Checksums.of(within)).isNotEqualTo(whole);
        assertThat(whole.sha256Is(Checksums.newSha256().digest(digits))).isTrue();
        assertThat(whole.sha256Is(Checksums.newSha256().digest(within))).isFalse();
        assertThatThrownBy(() -> new Checksums(0, "AB".repeat(32))).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> new Checksums(0, "ab".repeat(31))).isInstanceOf(InvalidRequestException.class);
    }
}
