package io.parix.backup.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.DatabaseId;
import io.parix.backup.InvalidRequestException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataKeyTest {
    private static final WrappedKey WRAPPED = WrappedKey.of("key-1", new byte[] {1, 2, 3});

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String what) {
        assertThatThrownBy(call).isInstanceOf(InvalidRequestException.class).hasMessageContaining(what);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 16, 31, 33})
    @DisplayName("C13 a data key has 32 bytes, and no other number")
    void length(int length) {
        refused(() -> DataKey.of(WRAPPED, new byte[length]), "it has " + length + " bytes");
        assertThat(DataKey.of(WRAPPED, new byte[32]).secret().getEncoded()).hasSize(32);
    }

    @Test
    @DisplayName("C13 a data key is a copy, and its text shows the id of what wrapped it and nothing of the secret")
    void printsNothing() {
        byte[] secret = new byte[32];
        Arrays.fill(secret, (byte) 0x5A);
        DataKey key = DataKey.of(WRAPPED, secret);
        secret[0] = 0;
        assertThat(key.secret().getEncoded()[0]).isEqualTo((byte) 0x5A);
        assertThat(key.toString())
                .contains("key-1")
                .doesNotContain(HexFormat.of().formatHex(secret, 1, 9), "ZZZZ");
        assertThat(key.wrapped()).isEqualTo(WrappedKey.of("key-1", new byte[] {1, 2, 3}));
    }

    @Test
    @DisplayName("C13 a wrapped key has 1 to 1,024 bytes of Base64")
    void wrapped() {
        assertThat(WrappedKey.of("k", new byte[1]).bytes()).hasSize(1);
        assertThat(WrappedKey.of("k", new byte[1_024]).bytes()).hasSize(1_024);
        refused(() -> WrappedKey.of("k", new byte[0]), "1 to 1024 bytes");
        refused(() -> WrappedKey.of("k", new byte[1_025]), "1 to 1024 bytes");
        refused(() -> new WrappedKey("k", "x".repeat(1 << 20)), "1 to 1024 bytes");
        refused(() -> new WrappedKey("k", "no base 64"), "Base64");
        refused(() -> new WrappedKey("k", "AQ\n=="), "Base64");
        refused(() -> new WrappedKey("k", "AQ"), "padded");
        refused(() -> new WrappedKey("k", "AR=="), "padded");
    }

    @Test
    @DisplayName("C13 the id of a key has 1 to 256 printable ASCII characters")
    void ids() {
        for (String good : new String[] {"k", "arn:aws:kms:eu-1:1:key/k", "two words", "x".repeat(256)}) {
            assertThat(WrappedKey.of(good, new byte[1]).id()).isEqualTo(good);
        }
        for (String bad : new String[] {"", " k", "k ", "k\n", "k\u0000", "k\u202Ek", "\u00E9", "x".repeat(257)}) {
            refused(() -> WrappedKey.of(bad, new byte[1]), "key id");
        }
    }

    @Test
    @DisplayName("C13 a host without keys seals nothing, and opens nothing")
    void none() {
        DatabaseId database = new DatabaseId("db-1");
        assertThat(KeyPort.none().fresh(database)).isEmpty();
        assertThatThrownBy(() -> KeyPort.none().open(database, WRAPPED)).isInstanceOf(IllegalStateException.class);
    }
}
