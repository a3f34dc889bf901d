package io.parix.backup.servers.gcs;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.Map;

/** A partial answer: the names of {@code fields}, with those that are wanted of each in parentheses or after a slash. */
final class FakeFields {
    private final Map<String, FakeFields> wanted = new HashMap<>();

    private FakeFields() {}

    /** {@return what of an answer is asked for; all of it where no field is named} */
    static JsonObject of(FakeRequest request, JsonObject answer) {
        String fields = request.parameter("fields");
        return fields.isEmpty() ? answer : read(fields).part(answer);
    }

    private static FakeFields read(String text) {
        FakeFields read = new FakeFields();
        int depth = 0;
        int from = 0;
        for (int i = 0; i <= text.length(); i++) {
            char next = i == text.length() ? ',' : text.charAt(i);
            if (next == ',' && depth == 0) {
                read.add(text.substring(from, i));
                from = i + 1;
            }
            depth += next == '(' ? 1 : next == ')' ? -1 : 0;
        }
        return read;
    }

    private void add(String one) {
        int open = one.indexOf('(');
        int slash = one.indexOf('/');
        if (open < 0 && slash < 0) {
            wanted.put(one, new FakeFields());
        } else if (slash >= 0 && (open < 0 || slash < open)) {
            wanted.computeIfAbsent(one.substring(0, slash), name -> new FakeFields())
                    .add(one.substring(slash + 1));
        } else {
            wanted.put(one.substring(0, open), read(one.substring(open + 1, one.length() - 1)));
        }
    }

    private JsonObject part(JsonObject whole) {
        if (wanted.isEmpty()) {
            return whole;
        }
        JsonObject part = new JsonObject();
        wanted.forEach((name, of) -> {
            if (whole.has(name)) {
                part.add(name, of.part(whole.get(name)));
            }
        });
        return part;
    }

    private JsonElement part(JsonElement whole) {
        if (whole.isJsonObject()) {
            return part(whole.getAsJsonObject());
        }
        if (!whole.isJsonArray()) {
            return whole;
        }
        JsonArray parts = new JsonArray();
        whole.getAsJsonArray().forEach(each -> parts.add(part(each)));
        return parts;
    }
}
