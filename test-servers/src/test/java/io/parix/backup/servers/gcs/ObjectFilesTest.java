package io.parix.backup.servers.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectFilesTest {
    private static final Instant NOW = Instant.parse("2026-11-20T03:00:00Z");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"a", "parix/db/1.seg", "..", "../x", "a b/ü~", "%2E", "x\ny"})
    @DisplayName("an object is there again for the next server, by its name, below the folder")
    void isThereAgain(String name) throws IOException {
        JsonObject metadata = new JsonObject();
        metadata.addProperty("contentType", "ü\n");
        bucket().put(name, bytes("one\ntwo"), metadata, NOW);

        FakeObject found = bucket().current(name).orElseThrow();

        assertThat(found.bytes()).isEqualTo(bytes("one\ntwo"));
        assertThat(found.content().size()).isEqualTo(7);
        assertThat(found.created()).isEqualTo(NOW);
        assertThat(found.resource().get("contentType").getAsString()).isEqualTo("ü\n");
        assertThat(found.kept()).isEqualTo(FakeObject.crc32c(bytes("one\ntwo")));
        try (Stream<Path> beside = Files.list(folder)) {
            assertThat(beside).containsExactly(folder.resolve("bucket"));
        }
    }

    @Test
    @DisplayName("what is deleted, and what was being written when a server was killed, is not there again")
    void isGone() throws IOException {
        FakeBucket bucket = bucket();
        bucket.put("a/deleted", bytes("x"), NOW);
        bucket.put("a/kept", bytes("y"), NOW);
        bucket.hide("a/deleted");
        Files.write(folder.resolve("bucket").resolve("a").resolve("half~"), bytes("{"));

        FakeBucket next = bucket();

        assertThat(next.size()).isEqualTo(1);
        assertThat(next.current("a/kept")).isPresent();
        assertThat(folder.resolve("bucket/a/half~")).doesNotExist();
    }

    @Test
    @DisplayName("a name that is taken keeps its object, and what was written for it is gone")
    void keepsWhatIsThere() throws IOException {
        FakeBucket bucket = bucket();
        assertThat(bucket.putIfAbsent("a", bytes("first"), new JsonObject(), NOW))
                .isPresent();
        assertThat(bucket.putIfAbsent("a", bytes("second"), new JsonObject(), NOW))
                .isEmpty();
        assertThat(bucket.current("a").orElseThrow().bytes()).isEqualTo(bytes("first"));
        try (Stream<Path> files = Files.list(folder.resolve("bucket"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    @DisplayName("generations go on rising with the next server")
    void generationsRise() {
        bucket().put("a", bytes("x"), NOW);
        FakeBucket next = bucket();
        long before = next.current("a").orElseThrow().generation();
        next.put("b", bytes("y"), NOW);
        assertThat(next.current("b").orElseThrow().generation()).isGreaterThan(before);
    }

    @Test
    @DisplayName("what a folder cannot have is refused: a name with an empty part, older versions")
    void refusesWhatFilesCannotBe() {
        assertThatThrownBy(() -> bucket().put("a//b", bytes("x"), NOW)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> bucket().keepVersions()).isInstanceOf(IllegalStateException.class);
    }

    private FakeBucket bucket() {
        return new FakeBucket(ObjectFiles.in(folder.resolve("bucket")));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
