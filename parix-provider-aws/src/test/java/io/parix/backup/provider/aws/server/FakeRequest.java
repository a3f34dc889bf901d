package io.parix.backup.provider.aws.server;

import com.sun.net.httpserver.HttpExchange;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A request as S3 sees it.
 *
 * @param operation which of S3's
 * @param bucket the bucket's name
 * @param key the object's, empty where there is none
 * @param query decoded
 * @param headers by lower-case name, the first of each
 * @param body whole, out of its chunks
 */
public record FakeRequest(
        String operation,
        String bucket,
        String key,
        Map<String, String> query,
        Map<String, String> headers,
        Supplier<byte[]> body) {

    static FakeRequest read(HttpExchange exchange) throws IOException {
        String[] path = exchange.getRequestURI().getPath().split("/", 3);
        String key = path.length > 2 ? path[2] : "";
        Map<String, String> query = query(
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""));
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        String operation = operation(exchange.getRequestMethod(), key, query);
        byte[] body = body(exchange.getRequestBody(), headers);
        return new FakeRequest(operation, path[1], key, query, headers, () -> body);
    }

    private static String operation(String method, String key, Map<String, String> query) {
        if (key.isEmpty()) {
            return switch (method) {
                case "HEAD" -> "HeadBucket";
                case "POST" -> query.containsKey("delete") ? "DeleteObjects" : "Unknown";
                case "GET" ->
                    query.containsKey("versions")
                            ? "ListObjectVersions"
                            : query.containsKey("list-type") ? "ListObjectsV2" : "Unknown";
                default -> "Unknown";
            };
        }
        return switch (method) {
            case "HEAD" -> "HeadObject";
            case "PUT" -> query.isEmpty() ? "PutObject" : "Unknown";
            case "GET" ->
                query.containsKey("retention")
                        ? "GetObjectRetention"
                        : query.containsKey("legal-hold") ? "GetObjectLegalHold" : "GetObject";
            default -> "Unknown";
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

    /** What a client puts into chunks with a signature each is taken out of them; fewer bytes than announced are none. */
    private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
        if (!headers.getOrDefault("content-encoding", "").contains("aws-chunked")) {
            byte[] whole = in.readAllBytes();
            if (!headers.getOrDefault("content-length", "0").equals(String.valueOf(whole.length))) {
                throw new EOFException("the body is cut");
            }
            return whole;
        }
        byte[] body = new byte[Integer.parseInt(headers.getOrDefault("x-amz-decoded-content-length", "0"))];
        int read = 0;
        for (int size = chunk(in); size > 0; size = chunk(in)) {
            if (in.readNBytes(body, read, size) < size) {
                throw new EOFException("a chunk is cut");
            }
            read += size;
            line(in);
        }
        in.readAllBytes();
        if (read != body.length) {
            throw new EOFException("chunks are missing");
        }
        return body;
    }

    private static int chunk(InputStream in) throws IOException {
        String line = line(in);
        return Integer.parseInt(line.contains(";") ? line.substring(0, line.indexOf(';')) : line, 16);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("a line is cut");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    /** {@return the same without its body, for the log} */
    FakeRequest light() {
        return new FakeRequest(operation, bucket, key, query, headers, () -> new byte[0]);
    }

    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    String parameter(String name) {
        return query.getOrDefault(name, "");
    }
}
