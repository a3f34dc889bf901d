package io.parix.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifierTest {
    private static final List<Function<String, Object>> KINDS =
            List.of(DatabaseId::new, BackupId::new, RestoreId::new, OrganizationId::new);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", ".", "..", "../a", "a/..", "a..b", "a/b", "a\\b", "-a", "_a", ".a", "a b", "a\nb", "a\u0000", "ä",
                "a\u202e", "%2e%2e", " a"
            })
    @DisplayName("I4 an id that could leave its place, or a person could not read, is refused by code")
    void hostile(String name) {
        for (Function<String, Object> kind : KINDS) {
            assertThatThrownBy(() -> kind.apply(name))
                    .isInstanceOfSatisfying(
                            InvalidRequestException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST))
                    .message()
                    .isPrintable();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "7", "a.b", "a-b_c.d", "A-", "b20261123T090000-00ff"})
    @DisplayName("I4 a plain name is an id, and prints as itself")
    void plain(String name) {
        KINDS.forEach(kind -> assertThat(kind.apply(name)).hasToString(name));
    }

    @Test
    @DisplayName("I4 a database id has at most 128 characters")
    void longest() {
        assertThat(new DatabaseId("a".repeat(128)).value()).hasSize(128);
        assertThatThrownBy(() -> new DatabaseId("a".repeat(129)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("129");
    }

    @Test
    @DisplayName("H1 an organization id has at most 128 characters")
    void longestOrganization() {
        assertThat(new OrganizationId("a".repeat(128)).value()).hasSize(128);
        assertThatThrownBy(() -> new OrganizationId("a".repeat(129)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("organization id");
    }

    @Test
    @DisplayName("A5 an actor has 1 to 256 printable characters")
    void actor() {
        assertThat(new Actor("x".repeat(256)).id()).hasSize(256);
        for (String wrong : List.of("", "  ", "x".repeat(257), "a\tb", "a\u0085b")) {
            assertThatThrownBy(() -> new Actor(wrong)).isInstanceOf(InvalidRequestException.class);
        }
    }

    @Test
    @DisplayName("A4 an idempotency key has 1 to 128 printable characters")
    void idempotencyKey() {
        DatabaseId database = new DatabaseId("db");
        Actor actor = new Actor("ada");
        assertThat(new BackupRequest(database, actor, "k".repeat(128)).key()).isPresent();
        assertThat(BackupRequest.of(database, actor).key()).isEmpty();
        BackupId backup = new BackupId("b1");
        assertThat(new RestoreRequest(backup, "name", actor, "k".repeat(128)).key())
                .isPresent();
        assertThat(RestoreRequest.of(backup, "name", actor).key()).isEmpty();
        for (String wrong : List.of("", " ", "k".repeat(129), "a\nb")) {
            assertThatThrownBy(() -> new BackupRequest(database, actor, wrong))
                    .isInstanceOf(InvalidRequestException.class);
            assertThatThrownBy(() -> new RestoreRequest(backup, "name", actor, wrong))
                    .isInstanceOf(InvalidRequestException.class);
        }
    }

    @Test
    @DisplayName("I4 foreign text in a message is one bounded line")
    void printable() {
        assertThat(Printable.quote("a\nb\u202e")).isEqualTo("'a\\u000ab\\u202e'");
        assertThat(Printable.quote("x".repeat(120))).hasSize(122);
        assertThat(Printable.quote("x".repeat(121))).endsWith("…'").hasSize(123);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a\nb",
                "a\u0085",
                "a\u202eb",
                "\u2066a",
                "a\u200b",
                "a\ufeff",
                "a\u2028b",
                "a\u2029",
                "\ud83d"
            })
    @DisplayName("I4 A5 a text that does not stand for itself on one line is no actor, key, name or owner")
    void unprintable(String text) {
        assertThat(Printable.is(text, 256)).isFalse();
        List<Function<String, Object>> texts = List.of(
                Actor::new,
                key -> new BackupRequest(new DatabaseId("db"), new Actor("ada"), key),
                owner -> new Workflow(WorkflowKind.IMPORT, owner),
                tier -> shape(tier, "private"),
                mode -> shape("ssd", mode));
        for (Function<String, Object> kind : texts) {
            assertThatThrownBy(() -> kind.apply(text))
                    .isInstanceOf(InvalidRequestException.class)
                    .message()
                    .isPrintable();
        }
        assertThat(DatabaseProfile.isRegion(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada@example.com", "Größe", "نام\u200cخانوادگی", "👩\u200d💻 ledger", "台帳", " a "})
    @DisplayName("I4 A5 people's own scripts are printable, joiners and pairs of surrogates included")
    void scripts(String text) {
        assertThat(Printable.is(text, 64)).isTrue();
        assertThat(new Actor(text).id()).isEqualTo(text);
        assertThat(Printable.is(text, text.length() - 1)).isFalse();
    }

    private static Shape shape(String tier, String mode) {
        return new Shape(3, 2, ByteSize.gibibytes(4), tier, ByteSize.gibibytes(64), mode, false, "0.17.8");
    }
}
