package io.parix.backup.provider.gcp.server;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;

/**
 * Something that was accepted, begins later and ends later.
 *
 * @param name its name
 * @param type {@code insert} or {@code delete}
 * @param scope {@code global}, {@code zones/Z} or {@code regions/R}
 * @param target the address of what it is about
 * @param accepted when
 * @param begins when
 * @param ends when
 * @param error its code; empty where it goes well
 */
record FakeGceOperation(
        String name,
        String type,
        String scope,
        String target,
        Instant accepted,
        Instant begins,
        Instant ends,
        String error) {
    private static final int WHOLE = 100;

    boolean hasBegun(Instant now) {
        return !now.isBefore(begins);
    }

    JsonObject json(Instant now) {
        boolean done = !now.isBefore(ends);
        JsonObject json = new JsonObject();
        json.addProperty("kind", "compute#operation");
        json.addProperty("id", "7000" + name.replaceAll("[^0-9]", ""));
        json.addProperty("name", name);
        json.addProperty("operationType", type);
        json.addProperty("targetLink", target);
        json.addProperty("status", done ? "DONE" : hasBegun(now) ? "RUNNING" : "PENDING");
        json.addProperty("progress", done ? WHOLE : 0);
        json.addProperty("insertTime", accepted.toString());
        json.addProperty("user", "writer@ledger.iam.gserviceaccount.com");
        if (done) {
            json.addProperty("endTime", ends.toString());
        }
        if (done && !error.isEmpty()) {
            JsonObject first = new JsonObject();
            first.addProperty("code", error);
            first.addProperty("message", "As " + error + " says.");
            JsonArray errors = new JsonArray();
            errors.add(first);
            JsonObject all = new JsonObject();
            all.add("errors", errors);
            json.add("error", all);
            json.addProperty("httpErrorStatusCode", error.startsWith("INTERNAL") ? 500 : 400);
            json.addProperty("httpErrorMessage", "BAD REQUEST");
        }
        return json;
    }

    /** {@return the same with another end} */
    FakeGceOperation ending(Duration after, String code) {
        return new FakeGceOperation(name, type, scope, target, accepted, begins, begins.plus(after), code);
    }
}
