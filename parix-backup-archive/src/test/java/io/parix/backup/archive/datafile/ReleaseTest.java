package io.parix.backup.archive.datafile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaseTest {
    @Test
    @DisplayName("C2 a release is read as it is packed and as it is written")
    void readsBothForms() {
        assertThat(Release.of(0x1108)).isEqualTo(new Release(0, 17, 8)).hasToString("0.17.8");
        assertThat(Release.parse("0.17.8")).contains(Release.of(0x1108));
        assertThat(Release.parse("65535.255.255").orElseThrow().packed()).isEqualTo(-1);
    }

    @Test
    @DisplayName("E12 releases are ordered by number, not by text")
    void ordersByNumber() {
        assertThat(new Release(0, 17, 10)).isGreaterThan(new Release(0, 17, 9));
        assertThat(new Release(0, 18, 0)).isGreaterThan(new Release(0, 17, 99));
        assertThat(new Release(1, 0, 0)).isGreaterThan(new Release(0, 255, 255));
        assertThat(new Release(40_000, 0, 0)).isGreaterThan(new Release(1, 0, 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "0.17", "0.17.8-rc", "v0.17.8", "0.256.0", "65536.0.0", "0.17.8.1", "0.-1.0", " 0.17.8"})
    void refusesWhatIsNoRelease(String text) {
        assertThat(Release.parse(text)).isEmpty();
    }

    @Test
    void readsUnsignedNumbers() {
        BigInteger most = BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE);
        assertThat(UInt128.of(most).decimal()).isEqualTo(most.toString());
        assertThat(UInt128.of(most)).isGreaterThan(UInt128.ZERO).hasToString("ffffffffffffffffffffffffffffffff");
        assertThatThrownBy(() -> UInt128.of(most.add(BigInteger.ONE))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> UInt128.of(BigInteger.ONE.negate())).isInstanceOf(IllegalArgumentException.class);
    }
}
