package io.parix.backup.provider.aws.server;

import io.parix.backup.provider.aws.server.FakeBucket.Wrong;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What S3 does with one object. */
final class FakeObjects {
    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]+)-([0-9]+)");
    private static final String KEPT = "x-amz-(meta-.*|checksum-sha256|server-side-encryption.*|storage-class|tagging)";

    private FakeObjects() {}

    static FakeAnswer put(FakeBucket bucket, FakeRequest request, Instant now) {
        String promised = request.header("x-amz-checksum-sha256");
        boolean checks = !promised.isEmpty() && !bucket.gets(Wrong.CHECKSUM);
        if (checks && !promised.equals(sha256(request.body().get()))) {
            return FakeAnswer.error(400, "BadDigest");
        }
        Map<String, String> headers = new TreeMap<>();
        request.headers().forEach((name, value) -> {
            if (name.matches(KEPT)) {
                headers.put(name, value);
            }
        });
        headers.putIfAbsent("x-amz-server-side-encryption", "AES256");
        if (headers.getOrDefault("x-amz-server-side-encryption-aws-kms-key-id", "")
                .contains("missing")) {
            return FakeAnswer.error(400, "KMS.NotFoundException");
        }
        if (!request.header("if-none-match").equals("*") || bucket.gets(Wrong.CONDITION)) {
            return stored(bucket.put(request.key(), request.body().get(), headers, now));
        }
        return bucket.putIfAbsent(request.key(), request.body().get(), headers, now)
                .map(FakeObjects::stored)
                .orElseGet(() -> FakeAnswer.error(412, "PreconditionFailed"));
    }

    private static FakeAnswer stored(FakeVersion version) {
        Map<String, String> headers = new HashMap<>(Map.of("x-amz-version-id", version.id(), "ETag", "\"an-etag\""));
        version.headers().forEach((name, value) -> {
            if (name.startsWith("x-amz-checksum") || name.startsWith("x-amz-server-side")) {
                headers.put(name, value);
            }
        });
        return FakeAnswer.ok(headers);
    }

    static FakeAnswer get(FakeBucket bucket, FakeRequest request) {
        Optional<FakeVersion> found = bucket.current(request.key());
        if (found.isEmpty()) {
            return FakeAnswer.error(404, "NoSuchKey");
        }
        byte[] bytes = found.get().bytes();
        Matcher range = RANGE.matcher(request.header("range"));
        if (!range.matches()) {
            return FakeAnswer.of(200, described(found.get(), request), bytes);
        }
        long from = Long.parseLong(range.group(1));
        long to = Math.min(Long.parseLong(range.group(2)), bytes.length - 1L);
        if (from > to) {
            return FakeAnswer.error(416, "InvalidRange");
        }
        Map<String, String> headers = described(found.get(), request);
        headers.keySet().removeIf(name -> name.startsWith("x-amz-checksum"));
        headers.put("Content-Range", "bytes " + from + "-" + to + "/" + bytes.length);
        return FakeAnswer.of(206, headers, Arrays.copyOfRange(bytes, (int) from, (int) to + 1));
    }

    static FakeAnswer head(FakeBucket bucket, FakeRequest request) {
        return bucket.current(request.key())
                .map(found -> {
                    Map<String, String> headers = described(found, request);
                    headers.put("Content-Length", String.valueOf(found.bytes().length));
                    return FakeAnswer.ok(headers);
                })
                .orElseGet(() -> FakeAnswer.error(404, "NoSuchKey"));
    }

    private static Map<String, String> described(FakeVersion version, FakeRequest request) {
        Map<String, String> headers = new HashMap<>(version.headers());
        headers.remove("x-amz-tagging");
        headers.put("ETag", "\"an-etag\"");
        headers.put("x-amz-version-id", version.id());
        headers.put(
                "Last-Modified",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(version.created().atOffset(ZoneOffset.UTC)));
        if (request.header("x-amz-checksum-mode").equals("ENABLED")) {
            headers.put("x-amz-checksum-type", "FULL_OBJECT");
        } else {
            headers.remove("x-amz-checksum-sha256");
        }
        return headers;
    }

    static FakeAnswer retention(FakeBucket bucket, FakeRequest request) {
        if (!bucket.isLockable()) {
            return FakeAnswer.error(400, "InvalidRequest");
        }
        Optional<FakeVersion> found = bucket.version(request.key(), request.parameter("versionId"));
        if (found.isEmpty()) {
            return FakeAnswer.error(404, "NoSuchVersion");
        }
        Instant until = found.get().retainUntil();
        return until == null
                ? FakeAnswer.error(404, "NoSuchObjectLockConfiguration")
                : FakeAnswer.xml(
                        "Retention",
                        FakeAnswer.element("Mode", "COMPLIANCE") + FakeAnswer.element("RetainUntilDate", until));
    }

    static FakeAnswer legalHold(FakeBucket bucket, FakeRequest request) {
        Optional<FakeVersion> found = bucket.version(request.key(), request.parameter("versionId"));
        if (found.isEmpty()) {
            return FakeAnswer.error(404, "NoSuchVersion");
        }
        return found.get().isHeld()
                ? FakeAnswer.xml("LegalHold", FakeAnswer.element("Status", "ON"))
                : FakeAnswer.error(404, "NoSuchObjectLockConfiguration");
    }

    private static String sha256(byte[] bytes) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
