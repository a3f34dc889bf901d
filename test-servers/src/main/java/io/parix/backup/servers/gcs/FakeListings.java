package io.parix.backup.servers.gcs;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.parix.backup.servers.gcs.FakeGcs.Departure;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Listings of objects. A page token is the name and generation of what comes next and what was asked for, out of sight in base 64: with
 * other parameters than those that it came from it is refused.
 */
final class FakeListings {
    private static final int MOST = 1_000;

    private FakeListings() {}

    static FakeAnswer objects(FakeBucket bucket, FakeRequest request, Set<Departure> departures) {
        boolean versions = request.parameter("versions").equals("true");
        String prefix = request.parameter("prefix");
        String[] token = token(request.parameter("pageToken"));
        String asked = asked(request);
        if (token.length > 2 && !token[2].equals(asked)) {
            return FakeAnswer.error(400, "invalid");
        }
        String from = token[0].isEmpty() ? request.parameter("startOffset") : token[0];
        String most = request.parameter("maxResults");
        int limit = most.isEmpty() ? MOST : Math.min(MOST, Integer.parseInt(most));
        String delimiter = request.parameter("delimiter");
        JsonArray items = new JsonArray();
        Set<String> prefixes = new TreeSet<>();
        NavigableMap<String, List<FakeObject>> all = bucket.from(from, versions);
        all.keySet().removeIf(name -> !name.startsWith(prefix));
        if (all.size() > 1 && departures.contains(Departure.LISTINGS_SHORT)) {
            all.pollLastEntry();
        }
        for (Map.Entry<String, List<FakeObject>> each : all.entrySet()) {
            String name = each.getKey();
            int below = delimiter.isEmpty() ? -1 : name.indexOf(delimiter, prefix.length());
            if (below >= 0) {
                prefixes.add(name.substring(0, below + delimiter.length()));
                continue;
            }
            for (FakeObject object : each.getValue()) {
                if (name.equals(token[0]) && object.generation() < Long.parseLong(token[1])) {
                    continue;
                }
                if (items.size() == limit) {
                    return FakeAnswer.json(
                            FakeFields.of(request, page(items, prefixes, token(name, object.generation(), asked))));
                }
                items.add(bucket.described(request.bucket(), name, object));
            }
        }
        return FakeAnswer.json(FakeFields.of(request, page(items, prefixes, "")));
    }

    private static JsonObject page(JsonArray items, Set<String> prefixes, String next) {
        JsonObject answer = new JsonObject();
        answer.addProperty("kind", "storage#objects");
        if (!items.isEmpty()) {
            answer.add("items", items);
        }
        if (!prefixes.isEmpty()) {
            JsonArray folders = new JsonArray();
            prefixes.forEach(folders::add);
            answer.add("prefixes", folders);
        }
        if (!next.isEmpty()) {
            answer.addProperty("nextPageToken", next);
        }
        return answer;
    }

    private static String asked(FakeRequest request) {
        Map<String, String> all = new TreeMap<>(request.query());
        all.remove("pageToken");
        return all.toString();
    }

    private static String token(String name, long generation, String asked) {
        return Base64.getUrlEncoder()
                .encodeToString((name + "\n" + generation + "\n" + asked).getBytes(StandardCharsets.UTF_8));
    }

    private static String[] token(String text) {
        return text.isEmpty()
                ? new String[] {"", "0"}
                : new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split("\n", -1);
    }
}
