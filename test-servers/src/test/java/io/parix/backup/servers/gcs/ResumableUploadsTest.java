package io.parix.backup.servers.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumableUploadsTest {
    private static final Instant NOW = Instant.parse("2026-11-20T03:00:00Z");

    @TempDir
    private Path folder;

    private final ResumableUploads uploads = new ResumableUploads();

    @Test
    @DisplayName("an object that comes in pieces is there after the last one, whole, and not before")
    void comesInPieces() {
        FakeBucket bucket = new FakeBucket(ObjectFiles.in(folder));
        String session = begin(bucket);

        FakeAnswer first = piece(bucket, session, "bytes 0-2/*", "one");
        assertThat(first.status()).isEqualTo(308);
        assertThat(first.headers()).containsEntry("Range", "bytes=0-2");
        assertThat(bucket.current("a")).isEmpty();
        assertThat(piece(bucket, session, "bytes 3-5/6", "two").status()).isEqualTo(200);

        FakeObject made = bucket.current("a").orElseThrow();
        assertThat(made.bytes()).isEqualTo("onetwo".getBytes(StandardCharsets.UTF_8));
        assertThat(made.kept()).isEqualTo(FakeObject.crc32c(made.bytes()));
        assertThat(piece(bucket, session, "bytes 0-2/3", "one").status()).isEqualTo(404);
    }

    @Test
    @DisplayName("a client that does not want 308 is told so in a header, and may post its pieces")
    void tellsInAHeader() {
        FakeBucket bucket = new FakeBucket(ObjectFiles.in(folder));
        FakeRequest request = request(
                "POST", begin(bucket), Map.of("content-range", "bytes 0-2/*", "x-guploader-no-308", "yes"), "one");
        assertThat(request.operation()).isEqualTo("objects.insert piece");
        FakeAnswer answer = uploads.append(bucket, request, NOW);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).containsEntry("X-HTTP-Status-Code-Override", "308");
    }

    @Test
    @DisplayName("a piece that does not go on where the last one ended is refused, and nothing of it is kept")
    void refusesGaps() {
        FakeBucket bucket = new FakeBucket(ObjectFiles.in(folder));
        String session = begin(bucket);
        assertThat(piece(bucket, session, "bytes 3-5/6", "two").status()).isEqualTo(400);
        assertThat(piece(bucket, session, "bytes 0-5/6", "two").status()).isEqualTo(400);
        assertThat(piece(bucket, session, "bytes 0-2/3", "one").status()).isEqualTo(200);
        assertThat(bucket.current("a").orElseThrow().content().size()).isEqualTo(3);
    }

    @Test
    @DisplayName("a bucket in memory takes none")
    void needsFiles() {
        assertThat(uploads.begin(
                                new FakeBucket(), request("POST", "uploadType=resumable", Map.of(), "{\"name\":\"a\"}"))
                        .status())
                .isEqualTo(501);
    }

    private String begin(FakeBucket bucket) {
        FakeAnswer begun = uploads.begin(
                bucket, request("POST", "uploadType=resumable", Map.of("host", "127.0.0.1:1"), "{\"name\":\"a\"}"));
        assertThat(begun.status()).isEqualTo(200);
        return URI.create(begun.headers().get("Location")).getQuery();
    }

    private FakeAnswer piece(FakeBucket bucket, String session, String range, String text) {
        FakeRequest request = request("PUT", session, Map.of("content-range", range), text);
        assertThat(request.operation()).isEqualTo("objects.insert piece");
        return uploads.append(bucket, request, NOW);
    }

    private static FakeRequest request(String method, String query, Map<String, String> headers, String body) {
        return FakeRequest.of(
                method,
                URI.create("/upload/storage/v1/b/ledger-backups/o?" + query),
                headers,
                body.getBytes(StandardCharsets.UTF_8));
    }
}
