package io.parix.backup.servers.gcs;

import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * A request as Cloud Storage sees it.
 *
 * @param operation which method of the JSON API, and for reads whether of the {@code media}
 * @param bucket the bucket's name, empty for a batch
 * @param name the object's, empty where there is none
 * @param query decoded
 * @param headers by lower-case name, the first of each
 * @param body whole
 */
public record FakeRequest(
        String operation,
        String bucket,
        String name,
        Map<String, String> query,
        Map<String, String> headers,
        Supplier<byte[]> body) {
    private static final Pattern PATH = Pattern.compile("(/upload|/download)?/storage/v1/b/([^/]+)(/o(/([^/]+))?)?");

    static FakeRequest read(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        byte[] body = exchange.getRequestBody().readAllBytes();
        String length = headers.get("content-length");
        if (length != null && !length.equals(String.valueOf(body.length))) {
            throw new EOFException("the body is cut");
        }
        if (headers.getOrDefault("content-encoding", "").equals("gzip")) {
            body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
        }
        String override = headers.get("x-http-method-override");
        if (override != null) {
            // The client sends what makes a long address in the body instead.
            URI uri =
                    URI.create(exchange.getRequestURI().getRawPath() + "?" + new String(body, StandardCharsets.UTF_8));
            return of(override, uri, headers, new byte[0]);
        }
        return of(exchange.getRequestMethod(), exchange.getRequestURI(), headers, body);
    }

    /** {@return a request, also one of a batch} */
    static FakeRequest of(String method, URI uri, Map<String, String> headers, byte[] body) {
        Map<String, String> query = query(Optional.ofNullable(uri.getRawQuery()).orElse(""));
        if (method.equals("POST") && uri.getPath().equals("/batch/storage/v1")) {
            return new FakeRequest("batch", "", "", query, headers, () -> body);
        }
        Matcher path = PATH.matcher(uri.getRawPath());
        if (!path.matches()) {
            return new FakeRequest("unknown", "", "", query, headers, () -> body);
        }
        String upload = Optional.ofNullable(path.group(1)).orElse("");
        String name =
                Optional.ofNullable(path.group(5)).map(FakeRequest::decode).orElse("");
        String operation = operation(method + upload, path.group(3) != null, name, query);
        if (operation.equals("objects.insert")) {
            name = inserted(headers, body);
        }
        return new FakeRequest(operation, decode(path.group(2)), name, query, headers, () -> body);
    }

    /** {@return the name in the resource before the bytes; empty where the body breaks off} */
    private static String inserted(Map<String, String> headers, byte[] body) {
        return Multipart.read(headers.getOrDefault("content-type", ""), body)
                .filter(parts -> !parts.isEmpty())
                .map(parts -> new String(parts.get(0).content().get(), StandardCharsets.UTF_8))
                .map(json -> JsonParser.parseString(json)
                        .getAsJsonObject()
                        .get("name")
                        .getAsString())
                .orElse("");
    }

    private static String operation(String method, boolean objects, String name, Map<String, String> query) {
        if (!objects) {
            return method.equals("GET") ? "buckets.get" : "unknown";
        }
        if (name.isEmpty()) {
            return switch (method) {
                case "GET" -> "objects.list";
                case "POST/upload" ->
                    switch (query.getOrDefault("uploadType", "")) {
                        case "multipart" -> "objects.insert";
                        case "resumable" ->
                            query.containsKey("upload_id") ? "objects.insert piece" : "objects.insert resumable";
                        default -> "unknown";
                    };
                case "PUT/upload" -> "objects.insert piece";
                default -> "unknown";
            };
        }
        boolean media = query.getOrDefault("alt", "").equals("media");
        return switch (method) {
            case "GET", "GET/download" -> media ? "objects.get media" : "objects.get";
            case "DELETE" -> "objects.delete";
            default -> "unknown";
        };
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new HashMap<>();
        Arrays.stream(raw.split("&")).filter(each -> !each.isEmpty()).forEach(each -> {
            int equals = each.indexOf('=');
            String name = equals < 0 ? each : each.substring(0, equals);
            String value = equals < 0 ? "" : each.substring(equals + 1);
            query.put(decode(name), decode(value));
        });
        return query;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** {@return the same without its body, for the log} */
    FakeRequest light() {
        return new FakeRequest(operation, bucket, name, query, headers, () -> new byte[0]);
    }

    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    String parameter(String name) {
        return query.getOrDefault(name, "");
    }
}
