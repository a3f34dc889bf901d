package io.parix.backup.servers.gcs;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.parix.backup.servers.gcs.FakeGcs.Departure;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Cloud Storage does with one object. */
final class FakeObjects {
    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]+)-([0-9]*)");

    private FakeObjects() {}

    static FakeAnswer insert(FakeBucket bucket, FakeRequest request, Instant now, Set<Departure> departures) {
        Optional<List<Multipart.Part>> parts =
                Multipart.read(request.header("content-type"), request.body().get());
        if (parts.isEmpty() || parts.get().size() != 2) {
            return FakeAnswer.error(400, "parseError");
        }
        JsonObject resource = JsonParser.parseString(
                        new String(parts.get().get(0).content().get(), StandardCharsets.UTF_8))
                .getAsJsonObject();
        byte[] bytes = parts.get().get(1).content().get();
        boolean compares = resource.has("crc32c") && !departures.contains(Departure.CHECKSUMS_IGNORED);
        if (compares && !resource.get("crc32c").getAsString().equals(FakeObject.crc32c(bytes))) {
            return FakeAnswer.error(400, "invalid");
        }
        String key = request.parameter("kmsKeyName");
        if (key.contains("missing")) {
            return FakeAnswer.error(400, "cloudKmsEncryptionKeyNotFound");
        }
        if (!key.isEmpty()) {
            resource.addProperty("kmsKeyName", key + "/cryptoKeyVersions/1");
        }
        if (!resource.has("storageClass")) {
            resource.addProperty("storageClass", "STANDARD");
        }
        String name = resource.get("name").getAsString();
        boolean isConditional = request.parameter("ifGenerationMatch").equals("0")
                && !departures.contains(Departure.CONDITIONS_IGNORED);
        return (isConditional
                        ? bucket.putIfAbsent(name, bytes, resource, now)
                        : Optional.of(bucket.put(name, bytes, resource, now)))
                .map(made -> FakeAnswer.json(FakeFields.of(request, bucket.described(request.bucket(), name, made))))
                .orElseGet(() -> FakeAnswer.error(412, "conditionNotMet"));
    }

    static FakeAnswer get(FakeBucket bucket, FakeRequest request) {
        return bucket.current(request.name())
                .map(found -> FakeAnswer.json(
                        FakeFields.of(request, bucket.described(request.bucket(), request.name(), found))))
                .orElseGet(() -> FakeAnswer.error(404, "notFound"));
    }

    static FakeAnswer media(FakeBucket bucket, FakeRequest request) {
        Optional<FakeObject> found = bucket.current(request.name());
        if (found.isEmpty()) {
            return FakeAnswer.plain(404, "No such object: " + request.bucket() + "/" + request.name());
        }
        Content content = found.get().content();
        Map<String, String> headers = headers(found.get());
        Matcher range = RANGE.matcher(request.header("range"));
        if (!range.matches()) {
            return new FakeAnswer(200, headers, new Slice(content, 0, content.size()));
        }
        long from = Long.parseLong(range.group(1));
        long to = range.group(2).isEmpty()
                ? content.size() - 1
                : Math.min(Long.parseLong(range.group(2)), content.size() - 1);
        if (from > to) {
            return FakeAnswer.plain(416, "The requested range cannot be satisfied.");
        }
        headers.put("Content-Range", "bytes " + from + "-" + to + "/" + content.size());
        return new FakeAnswer(206, headers, new Slice(content, from, to - from + 1));
    }

    private static Map<String, String> headers(FakeObject object) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Content-Type", "application/octet-stream");
        headers.put("x-goog-hash", "crc32c=" + object.kept() + ",md5=1B2M2Y8AsgTpgAmY7PhCfg==");
        headers.put("x-goog-generation", String.valueOf(object.generation()));
        headers.put("x-goog-metageneration", "1");
        headers.put(
                "x-goog-stored-content-length", String.valueOf(object.content().size()));
        headers.put("x-goog-stored-content-encoding", "identity");
        headers.put(
                "x-goog-storage-class",
                object.resource().get("storageClass") == null
                        ? "STANDARD"
                        : object.resource().get("storageClass").getAsString());
        return headers;
    }

    static FakeAnswer delete(FakeBucket bucket, FakeRequest request, Instant now) {
        String number = request.parameter("generation");
        Optional<FakeObject> found = number.isEmpty()
                ? bucket.current(request.name())
                : bucket.generation(request.name(), Long.parseLong(number));
        if (found.isEmpty()) {
            return FakeAnswer.error(404, "notFound");
        }
        if (found.get().isHeld()) {
            return FakeAnswer.error(403, "objectUnderActiveHold");
        }
        if (found.get().isRetained(now)) {
            return FakeAnswer.error(403, "retentionPolicyNotMet");
        }
        if (number.isEmpty()) {
            bucket.hide(request.name());
        } else {
            bucket.remove(request.name(), found.get());
        }
        return FakeAnswer.of(204, Map.of(), new byte[0]);
    }
}
