package io.parix.backup.servers.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MultipartTest {
    private static final String TYPE = "multipart/related; boundary=b";

    @Test
    @DisplayName("parts have headers or none, and their content byte for byte")
    void readsParts() {
        List<Multipart.Part> parts =
                read("--b\r\nContent-Type: text/plain\r\n\r\none\r\n--b\r\n\r\ntwo\r\n\r\n2\r\n--b--\r\n");
        assertThat(parts).extracting(part -> text(part)).containsExactly("one", "two\r\n\r\n2");
        assertThat(parts.get(0).headers()).containsEntry("content-type", "text/plain");
        assertThat(parts.get(1).headers()).isEmpty();
    }

    @Test
    @DisplayName("a body that breaks off before its end has no parts")
    void refusesACutBody() {
        byte[] cut = "--b\r\n\r\none\r\n--b".getBytes(StandardCharsets.UTF_8);
        assertThat(Multipart.read(TYPE, cut)).isEmpty();
        assertThat(Multipart.read("text/plain", cut)).isEmpty();
    }

    private static List<Multipart.Part> read(String body) {
        return Multipart.read(TYPE, body.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }

    private static String text(Multipart.Part part) {
        return new String(part.content().get(), StandardCharsets.UTF_8);
    }
}
