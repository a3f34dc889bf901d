package io.parix.backup.provider.aws.server;

import com.sun.net.httpserver.HttpExchange;
import java.io.EOFException;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A request as EC2 sees it.
 *
 * @param action what is asked for
 * @param parameters of the form, decoded
 * @param headers by lower-case name, the first of each
 */
public record Ec2Request(String action, Map<String, String> parameters, Map<String, String> headers) {
    static Ec2Request read(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (!headers.getOrDefault("content-length", "0").equals(String.valueOf(body.length))) {
            throw new EOFException("the body is cut");
        }
        Map<String, String> parameters = new TreeMap<>();
        Arrays.stream(new String(body, StandardCharsets.UTF_8).split("&"))
                .filter(each -> each.contains("="))
                .forEach(each -> {
                    int equals = each.indexOf('=');
                    parameters.put(decode(each.substring(0, equals)), decode(each.substring(equals + 1)));
                });
        String action = parameters.getOrDefault("Action", "");
        return new Ec2Request(action, parameters, headers);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    String get(String parameter) {
        return parameters.getOrDefault(parameter, "");
    }

    boolean has(String parameter) {
        return parameters.containsKey(parameter);
    }

    /** {@return the values of a list, such as {@code SnapshotId.1}} */
    List<String> list(String parameter) {
        return IntStream.iterate(1, i -> has(parameter + "." + i), i -> i + 1)
                .mapToObj(i -> get(parameter + "." + i))
                .toList();
    }

    /** {@return the tags for a kind of thing} */
    Map<String, String> tags(String type) {
        Map<String, String> tags = new TreeMap<>();
        for (int i = 1; has("TagSpecification." + i + ".ResourceType"); i++) {
            String specification = "TagSpecification." + i;
            for (int k = 1;
                    get(specification + ".ResourceType").equals(type) && has(specification + ".Tag." + k + ".Key");
                    k++) {
                tags.put(get(specification + ".Tag." + k + ".Key"), get(specification + ".Tag." + k + ".Value"));
            }
        }
        return tags;
    }

    /** {@return whether tags pass every filter by tag; what other filters there are is refused before} */
    boolean matches(Map<String, String> tags) {
        for (int i = 1; has("Filter." + i + ".Name"); i++) {
            String name = get("Filter." + i + ".Name");
            List<String> values = list("Filter." + i + ".Value");
            boolean passes = name.equals("tag-key")
                    ? tags.keySet().stream().anyMatch(tag -> any(values, tag))
                    : tags.containsKey(name.substring("tag:".length()))
                            && any(values, tags.getOrDefault(name.substring("tag:".length()), ""));
            if (!passes) {
                return false;
            }
        }
        return true;
    }

    /** A star is any text, a question mark any character. */
    private static boolean any(List<String> patterns, String text) {
        return patterns.stream()
                .map(pattern ->
                        ("\\Q" + pattern + "\\E").replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q"))
                .anyMatch(text::matches);
    }
}
