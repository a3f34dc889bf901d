package io.parix.backup.provider.gcp.server;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * A request as Compute Engine sees it.
 *
 * @param operation which method of the API
 * @param project whose
 * @param scope {@code global}, {@code aggregated}, {@code zones/Z} or {@code regions/R}
 * @param name the resource's, empty where there is none
 * @param query decoded
 * @param headers by lower-case name, the first of each
 * @param body an empty one where there is none
 */
public record GceRequest(
        String operation,
        String project,
        String scope,
        String name,
        Map<String, String> query,
        Map<String, String> headers,
        JsonObject body) {
    private static final Pattern PATH =
            Pattern.compile("/compute/v1/projects/([^/]+)/(global|aggregated|zones/[^/]+|regions/[^/]+)"
                    + "/(snapshots|disks|operations)(/([^/]+))?");
    private static final Pattern LABEL = Pattern.compile("\\(?labels\\.([a-z0-9-]+)(:\\*| = \"([^\"]*)\")\\)?");
    private static final Pattern TARGET = Pattern.compile("targetLink eq \"(.*)\"");

    static GceRequest read(HttpExchange exchange) throws IOException {
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
        String method = exchange.getRequestMethod();
        Matcher path = PATH.matcher(exchange.getRequestURI().getRawPath());
        Map<String, String> query = query(
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""));
        if (!path.matches()) {
            return new GceRequest("unknown", "", "", "", query, headers, new JsonObject());
        }
        String name = Optional.ofNullable(path.group(5)).orElse("");
        return new GceRequest(
                operation(method, path.group(2), path.group(3), name),
                path.group(1),
                path.group(2),
                name,
                query,
                headers,
                body.length == 0
                        ? new JsonObject()
                        : JsonParser.parseString(new String(body, StandardCharsets.UTF_8))
                                .getAsJsonObject());
    }

    private static String operation(String method, String scope, String kind, String name) {
        String verb = switch (method + (name.isEmpty() ? "" : "/")) {
            case "GET" -> "list";
            case "GET/" -> "get";
            case "POST" -> "insert";
            case "DELETE/" -> "delete";
            default -> "unknown";
        };
        String of = scope.startsWith("regions/") && kind.equals("disks") ? "regionDisks" : kind;
        return scope.equals("aggregated") ? kind + ".aggregatedList" : of + "." + verb;
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new HashMap<>();
        Arrays.stream(raw.split("&")).filter(each -> !each.isEmpty()).forEach(each -> {
            String[] parts = each.split("=", 2);
            query.put(decode(parts[0]), parts.length > 1 ? decode(parts[1]) : "");
        });
        return query;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    String parameter(String name) {
        return query.getOrDefault(name, "");
    }

    /** {@return a text of the body; empty where there is none} */
    public String text(String name) {
        JsonElement value = body.get(name);
        return value == null || !value.isJsonPrimitive() ? "" : value.getAsString();
    }

    Map<String, String> labels() {
        Map<String, String> labels = new HashMap<>();
        Optional.ofNullable(body.getAsJsonObject("labels"))
                .ifPresent(each -> each.entrySet()
                        .forEach(label ->
                                labels.put(label.getKey(), label.getValue().getAsString())));
        return labels;
    }

    /** {@return the filter of a listing by labels} */
    Predicate<Map<String, String>> byLabels() {
        Predicate<Map<String, String>> all = labels -> true;
        for (String each : parameter("filter").split(" AND ", -1)) {
            if (each.isEmpty()) {
                continue;
            }
            Matcher label = LABEL.matcher(each);
            if (!label.matches()) {
                throw new GceRefusal(400, "invalid");
            }
            String key = label.group(1);
            String value = label.group(3);
            all = all.and(labels -> value == null ? labels.containsKey(key) : value.equals(labels.get(key)));
        }
        return all;
    }

    /** {@return the filter of a listing of operations} */
    Predicate<String> byTarget() {
        Matcher target = TARGET.matcher(parameter("filter"));
        if (!target.matches()) {
            throw new GceRefusal(400, "invalid");
        }
        return link -> link.matches(target.group(1));
    }
}
