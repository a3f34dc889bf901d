package io.parix.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValuesTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1023, 1023 B",
        "1024, 1.0 KiB",
        "1536, 1.5 KiB",
        "1048575, 1.0 MiB",
        "1048576, 1.0 MiB",
        "1073741823, 1.0 GiB",
        "1395864371, 1.3 GiB",
        "9223372036854775807, 8.0 EiB"
    })
    @DisplayName("D4 a size is told in the largest unit that it fills, never as 1024.0 of one")
    void words(long bytes, String words) {
        assertThat(new ByteSize(bytes).words()).isEqualTo(words);
    }

    @Test
    @DisplayName("I4 a negative size and one beyond 64 bits do not exist")
    void sizes() {
        assertThatThrownBy(() -> new ByteSize(-1)).isInstanceOf(InvalidRequestException.class);
        assertThat(ByteSize.mebibytes(3)).isEqualTo(new ByteSize(3 << 20)).isGreaterThan(ByteSize.ZERO);
        assertThat(ByteSize.gibibytes(1)).isEqualTo(ByteSize.mebibytes(1024));
        assertThatThrownBy(() -> ByteSize.gibibytes(Long.MAX_VALUE / 2)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    @DisplayName("A2 a report keeps every check in order, and only failures fail it")
    void report() {
        Check pass = check("A1", Check.Outcome.PASS);
        Check warn = check("K3", Check.Outcome.WARN);
        Check fail = check("A3", Check.Outcome.FAIL);

        assertThat(new Report(List.of(pass, warn)).passed()).isTrue();
        Report all = new Report(List.of(pass, warn)).and(new Report(List.of(fail)));

        assertThat(all.passed()).isFalse();
        assertThat(all.checks()).containsExactly(pass, warn, fail);
        assertThat(all.failures()).containsExactly(fail);
        assertThat(all.warnings()).containsExactly(warn);
        assertThat(all.reasons()).isEqualTo("Sentence of A3.");
        assertThat(Report.empty().passed()).isTrue();
    }

    @Test
    @DisplayName("A2 a report does not change with the list that it was made of")
    void reportIsCopied() {
        List<Check> checks = new ArrayList<>(List.of(check("A1", Check.Outcome.PASS)));
        Report report = new Report(checks);
        checks.clear();

        assertThat(report.checks()).hasSize(1);
    }

    @Test
    @DisplayName("A2 a check without rule, code or sentence does not exist")
    void emptyCheck() {
        assertThatThrownBy(() -> new Check("", "c", Check.Outcome.PASS, "", "", "s"))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> new Check("r", "", Check.Outcome.PASS, "", "", "s"))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> new Check("r", "c", Check.Outcome.PASS, "", "", ""))
                .isInstanceOf(InvalidRequestException.class);
        assertThat(new Check("r", "c", Check.Outcome.PASS, "", "", "s").failed())
                .isFalse();
    }

    @Test
    @DisplayName("I4 every error code is a word of its own")
    void errorCodes() {
        List<String> codes =
                Arrays.stream(ErrorCode.values()).map(ErrorCode::code).toList();

        assertThat(codes).doesNotHaveDuplicates().allMatch(code -> code.matches("[a-z]+(-[a-z]+)*"));
    }

    private static Check check(String rule, Check.Outcome outcome) {
        return new Check(rule, "code", outcome, "x", "y", "Sentence of " + rule + ".");
    }
}
