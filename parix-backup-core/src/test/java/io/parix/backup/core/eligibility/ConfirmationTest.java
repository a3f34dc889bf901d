package io.parix.backup.core.eligibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Check;
import io.parix.backup.core.profile.Profiles;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfirmationTest {
    private static final String NAME = Profiles.LEDGER.name();

    @Test
    @DisplayName("F1 the database's exact name confirms a restore")
    void confirms() {
        Check check = Eligibility.confirmation(NAME, Facts.LIVE);

        assertThat(check.failed()).isFalse();
        assertThat(check.rule()).isEqualTo("F1");
        assertThat(check.code()).isEqualTo("name-confirmed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "ledger ä", "Ledger A\u0308", "Ledger Ä ", " Ledger Ä", "Ledger", "Ledger  Ä", "db-1"})
    @DisplayName("F1 anything else is refused: another case, form, space, part, or the id")
    void refusesAnythingElse(String typed) {
        Check check = Eligibility.confirmation(typed, Facts.LIVE);

        assertThat(check.failed()).isTrue();
        assertThat(check.code()).isEqualTo("name-not-confirmed");
    }

    @Test
    @DisplayName("F1 a refusal tells neither the name, nor what was typed, nor whether the database exists")
    void revealsNothing() {
        Check wrong = Eligibility.confirmation("my-secret", Facts.LIVE);

        assertThat(wrong).isEqualTo(Eligibility.confirmation("another", Facts.LIVE));
        assertThat(wrong).isEqualTo(Eligibility.confirmation(NAME, Facts.DELETED));
        assertThat(wrong).isEqualTo(Eligibility.confirmation(NAME, Facts.UNKNOWN));
        assertThat(Objects.toString(wrong)).doesNotContain(NAME).doesNotContain("my-secret");
    }
}
