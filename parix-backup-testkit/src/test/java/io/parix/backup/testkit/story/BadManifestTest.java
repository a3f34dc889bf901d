package io.parix.backup.testkit.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.parix.backup.Backup;
import io.parix.backup.Check;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.ErrorCode;
import io.parix.backup.RestoreAnswer;
import io.parix.backup.VerificationLevel;
import io.parix.backup.spi.ObjectKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BadManifestTest {
    private final Story story = new Story();

    @AfterEach
    void close() {
        story.close();
    }

    static Stream<Arguments> manifests() {
        return Stream.of(
                arguments("\"version\" : 1", "\"version\" : 2"),
                arguments("\"version\" : 1", "\"version\" : 0"),
                arguments("\"db-1\"", "\"db-2\""),
                arguments("\"backup\" : \"b", "\"backup\" : \"c"),
                arguments("\"name\" : \"backups/", "\"name\" : \"../x/"),
                arguments("\"name\" : \"backups/", "\"name\" : \"/etc/"),
                arguments("\"format\" :", "\"fromat\" :"),
                arguments("{", ""));
    }

    @ParameterizedTest(name = "{0} becomes {1}")
    @MethodSource("manifests")
    @DisplayName(
            "C3 C4 a manifest that is not the one committed, whatever it reads as, is damage, and nothing is restored from it")
    void refused(String from, String to) {
        Backup backup = story.backup();
        List<ByteBuffer> live = story.live();
        ObjectKey manifest = story.store().keys().stream()
                .filter(key -> key.name().equals("manifest.json"))
                .findFirst()
                .orElseThrow();
        story.store().damage(manifest, bytes -> replaced(bytes, from, to));

        RestoreAnswer answer = story.requestRestore(backup);

        assertThat(answer).isInstanceOf(RestoreAnswer.Refused.class);
        assertThat(story.verify(backup, VerificationLevel.READ_BACK).report().failures())
                .singleElement()
                .satisfies(check -> {
                    assertThat(check.code()).isEqualTo(ErrorCode.OBJECT_CORRUPT.code());
                    assertThat(manifest.value()).endsWith(check.expected());
                });
        assertThat(((RestoreAnswer.Refused) answer).report().failures())
                .extracting(Check::rule)
                .contains("E2");
        assertThat(story.live()).isEqualTo(live);
        assertThat(story.status()).isEqualTo(DatabaseStatus.ACTIVE);
        assertThat(story.asked()).noneMatch(entry -> entry.startsWith("stage"));
    }

    private static byte[] replaced(byte[] bytes, String from, String to) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        assertThat(text).contains(from);
        int at = text.indexOf(from);
        return (text.substring(0, at) + to + text.substring(at + from.length())).getBytes(StandardCharsets.UTF_8);
    }
}
