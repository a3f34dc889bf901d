package io.parix.backup.servers.gcs;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Objects that come piece by piece ("Resumable uploads"), into buckets of files only. This project's provider makes none; other
 * programs do for what is larger than they want to send at once. Safe for concurrent calls of different uploads.
 */
final class ResumableUploads {
    private static final Pattern PIECE = Pattern.compile("bytes ([0-9]+)-([0-9]+)/([0-9]+|\\*)");
    private static final int INCOMPLETE = 308;

    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();

    /**
     * An upload that has begun.
     *
     * @param resource what goes with the object
     * @param name its name
     * @param upload where its bytes go
     */
    private record Session(JsonObject resource, String name, ObjectFiles.Upload upload) {}

    FakeAnswer begin(FakeBucket bucket, FakeRequest request) {
        JsonObject resource = JsonParser.parseString(new String(request.body().get(), StandardCharsets.UTF_8))
                .getAsJsonObject();
        String name = resource.get("name").getAsString();
        Optional<ObjectFiles.Upload> upload = bucket.begin(name);
        if (upload.isEmpty()) {
            return FakeAnswer.error(501, "notImplemented");
        }
        String id = "session-" + ids.incrementAndGet();
        sessions.put(id, new Session(resource, name, upload.get()));
        String there = "http://" + request.header("host") + "/upload/storage/v1/b/" + request.bucket()
                + "/o?uploadType=resumable&upload_id=" + id;
        return FakeAnswer.of(200, Map.of("Location", there), new byte[0]);
    }

    FakeAnswer append(FakeBucket bucket, FakeRequest request, Instant now) {
        String id = request.parameter("upload_id");
        Session session = sessions.get(id);
        Matcher range = PIECE.matcher(request.header("content-range"));
        if (session == null || !range.matches()) {
            return FakeAnswer.error(session == null ? 404 : 400, session == null ? "notFound" : "badRequest");
        }
        byte[] piece = request.body().get();
        if (Long.parseLong(range.group(1)) != session.upload().size()
                || Long.parseLong(range.group(2)) != session.upload().size() + piece.length - 1) {
            return FakeAnswer.error(400, "badRequest");
        }
        session.upload().append(piece);
        long size = session.upload().size();
        if (!range.group(3).equals(String.valueOf(size))) {
            Map<String, String> headers = new HashMap<>();
            headers.put("Range", "bytes=0-" + (size - 1));
            // Clients for which 308 is a redirection ask for it in a header.
            boolean inHeader = request.header("x-guploader-no-308").equals("yes");
            if (inHeader) {
                headers.put("X-HTTP-Status-Code-Override", String.valueOf(INCOMPLETE));
            }
            return FakeAnswer.of(inHeader ? 200 : INCOMPLETE, headers, new byte[0]);
        }
        sessions.remove(id);
        FakeObject made = bucket.put(session.name(), session.upload(), session.resource(), now);
        return FakeAnswer.json(bucket.described(request.bucket(), session.name(), made));
    }
}
