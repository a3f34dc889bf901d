package io.parix.backup.servers.gcs;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * An answer.
 *
 * @param status its HTTP status
 * @param headers by name
 * @param body its body
 */
public record FakeAnswer(int status, Map<String, String> headers, Supplier<byte[]> body) {
    /**
     * An answer.
     *
     * @param status its HTTP status
     * @param headers by name
     * @param body its body
     * @return the answer
     */
    public static FakeAnswer of(int status, Map<String, String> headers, byte[] body) {
        return new FakeAnswer(status, headers, () -> body);
    }

    /**
     * An answer of JSON.
     *
     * @param content its body
     * @return the answer
     */
    public static FakeAnswer json(JsonElement content) {
        return json(200, Map.of(), content);
    }

    private static FakeAnswer json(int status, Map<String, String> headers, JsonElement content) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Content-Type", "application/json; charset=UTF-8");
        return of(status, all, content.toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * An error, as Cloud Storage words it.
     *
     * @param status its HTTP status
     * @param reason its reason
     * @return the answer
     */
    public static FakeAnswer error(int status, String reason) {
        return error(status, reason, Map.of());
    }

    /**
     * An error with headers.
     *
     * @param status its HTTP status
     * @param reason its reason
     * @param headers for example {@code Retry-After}
     * @return the answer
     */
    public static FakeAnswer error(int status, String reason, Map<String, String> headers) {
        JsonObject first = new JsonObject();
        first.addProperty("domain", "global");
        first.addProperty("reason", reason);
        first.addProperty("message", "As " + reason + " says.");
        JsonArray errors = new JsonArray();
        errors.add(first);
        JsonObject error = new JsonObject();
        error.add("errors", errors);
        error.addProperty("code", status);
        error.addProperty("message", "As " + reason + " says.");
        JsonObject json = new JsonObject();
        json.add("error", error);
        return json(status, headers, json);
    }

    /**
     * An error without a reason, as reads and gateways answer.
     *
     * @param status its HTTP status
     * @param text its body
     * @return the answer
     */
    public static FakeAnswer plain(int status, String text) {
        return of(status, Map.of("Content-Type", "text/html; charset=UTF-8"), text.getBytes(StandardCharsets.UTF_8));
    }
}
