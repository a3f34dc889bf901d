package io.parix.backup.provider.gcp.server;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.parix.backup.servers.gcs.FakeAnswer;
import io.parix.backup.servers.gcs.FakeGcs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A Compute Engine of our own at the wire, with state, as {@link FakeGcs} is for Cloud Storage: as much of its JSON API as snapshots of
 * disks need. Its answers are our reading of the documentation.
 */
public final class FakeGce implements AutoCloseable {
    /** Whose resources it has. */
    public static final String PROJECT = "ledger-prod";

    private static final int THREADS = 8;
    private static final int MOST_PAGE = 500;

    static {
        // Else each answer waits 40 ms for an acknowledgement (Nagle's algorithm, delayed ACK).
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(THREADS, THREADS, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    private final FakeGceDisks disks;
    private final List<GceRequest> requests = new CopyOnWriteArrayList<>();
    private final List<Planned> planned = new ArrayList<>();
    private final Set<String> unreachable = new HashSet<>();
    private volatile Predicate<String> allowed = permission -> true;
    private volatile int page = MOST_PAGE;
    private volatile boolean closesEach;

    /** What happens to a request instead of what should. */
    @FunctionalInterface
    public interface Trouble {
        /**
         * Answers.
         *
         * @param request the request
         * @param real does what should happen
         * @return the answer, or null to hang up without one
         */
        @Nullable
        FakeAnswer of(GceRequest request, Supplier<FakeAnswer> real);
    }

    /** {@return trouble by which what should happen does, and nobody hears of it} */
    public static Trouble lostAnswer() {
        return (request, real) -> {
            FakeAnswer unused = real.get();
            return null;
        };
    }

    /** {@return trouble by which nothing happens but an error} */
    public static Trouble error(int status, String reason) {
        return error(status, reason, Map.of());
    }

    /** {@return the same with headers, for example {@code Retry-After}} */
    public static Trouble error(int status, String reason, Map<String, String> headers) {
        return (request, real) -> FakeAnswer.error(status, reason, headers);
    }

    private record Planned(String operation, Trouble trouble) {}

    private FakeGce(HttpServer server, InstantSource clock) {
        this.server = server;
        this.disks = new FakeGceDisks(clock, PROJECT);
    }

    /**
     * Starts one.
     *
     * @param clock its time
     * @return a server that listens
     */
    public static FakeGce start(InstantSource clock) {
        try {
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            FakeGce fake = new FakeGce(http, clock);
            http.createContext("/", fake::handle);
            fake.threads.prestartAllCoreThreads();
            http.setExecutor(fake.threads);
            http.start();
            return fake;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return where it listens} */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** {@return what it holds} */
    public FakeGceDisks disks() {
        return disks;
    }

    /** Lets nothing be done but what needs these permissions of IAM. */
    public void allowOnly(Set<String> permissions) {
        allowed = permissions::contains;
    }

    /** Lets everything be done but what needs these permissions of IAM. */
    public void forbid(Set<String> permissions) {
        allowed = permission -> !permissions.contains(permission);
    }

    /** Puts at most so many on a page, whatever is asked for; the first page of several is empty and says so in a warning. */
    public void page(int most) {
        page = most;
    }

    /** Lets a zone or a region not be reached. */
    public void unreachable(String place) {
        synchronized (unreachable) {
            unreachable.add(place);
        }
    }

    /** Closes every connection after its answer, so that each request has one of its own. */
    public void closeEach() {
        closesEach = true;
    }

    /** Plans trouble for the next request of an operation, after what is planned already. */
    public void next(String operation, Trouble trouble) {
        synchronized (planned) {
            planned.add(new Planned(operation, trouble));
        }
    }

    /** {@return what was asked so far} */
    public List<GceRequest> requests() {
        return List.copyOf(requests);
    }

    /** {@return the operations that were asked for so far} */
    public List<String> operations() {
        return requests.stream().map(GceRequest::operation).toList();
    }

    /** Forgets what was asked so far. */
    public void forget() {
        requests.clear();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            GceRequest request = GceRequest.read(exchange);
            requests.add(request);
            Trouble trouble = trouble(request.operation());
            FakeAnswer answer = trouble == null ? answer(request) : trouble.of(request, () -> answer(request));
            if (answer != null) {
                answer.headers()
                        .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
                if (closesEach) {
                    exchange.getResponseHeaders().set("Connection", "close");
                }
                byte[] body = answer.body().get();
                exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    private @Nullable Trouble trouble(String operation) {
        synchronized (planned) {
            for (Planned each : planned) {
                if (each.operation().equals(operation)) {
                    planned.remove(each);
                    return each.trouble();
                }
            }
            return null;
        }
    }

    private FakeAnswer answer(GceRequest request) {
        String authorization = request.headers().getOrDefault("authorization", "");
        if (!authorization.equals("Bearer " + FakeGcs.TOKEN)) {
            return FakeAnswer.error(401, authorization.isEmpty() ? "required" : "authError");
        }
        if (!FakeGcePermissions.of(request).stream().allMatch(allowed)) {
            return FakeAnswer.error(403, "forbidden");
        }
        if (!request.project().equals(PROJECT)) {
            return FakeAnswer.error(404, "notFound");
        }
        try {
            return FakeAnswer.json(act(request));
        } catch (GceRefusal e) {
            return FakeAnswer.error(e.status(), e.reason());
        }
    }

    private JsonObject act(GceRequest request) {
        Instant now = disks.clock().instant();
        return switch (request.operation()) {
            case "snapshots.insert" -> disks.insertSnapshot(request).json(now);
            case "snapshots.get" -> disks.snapshot(request).json(now);
            case "snapshots.delete" -> disks.deleteSnapshot(request).json(now);
            case "snapshots.list" -> listed(request, disks.list(request), each -> each.json(now));
            case "operations.list" -> listed(request, disks.operations(request), each -> each.json(now));
            case "operations.aggregatedList" ->
                aggregated("operations", disks.operations(request), FakeGceOperation::scope, each -> each.json(now));
            case "disks.aggregatedList" ->
                aggregated("disks", disks.listDisks(request), FakeGceDisk::scope, each -> each.json(now));
            case "disks.get", "regionDisks.get" -> disks.disk(request).json(now);
            case "disks.insert", "regionDisks.insert" ->
                disks.insertDisk(request).json(now);
            case "disks.delete", "regionDisks.delete" ->
                disks.deleteDisk(request).json(now);
            default -> throw new GceRefusal(405, "methodNotAllowed");
        };
    }

    private <T> JsonObject listed(GceRequest request, List<T> all, Function<T, JsonObject> item) {
        int most = Math.min(page, Integer.parseInt(request.query().getOrDefault("maxResults", "500")));
        if (most > MOST_PAGE) {
            throw new GceRefusal(400, "invalid");
        }
        String token = request.parameter("pageToken");
        JsonObject json = new JsonObject();
        json.addProperty("kind", "compute#list");
        if (token.isEmpty() && page < MOST_PAGE) {
            json.addProperty("nextPageToken", "page=/+0");
            json.add("warning", warning("NO_RESULTS_ON_PAGE"));
            return json;
        }
        int from = token.isEmpty() ? 0 : Integer.parseInt(token.replace("page=/+", ""));
        JsonArray items = new JsonArray();
        all.stream().skip(from).limit(most).map(item).forEach(items::add);
        json.add("items", items);
        if (all.size() > from + most) {
            json.addProperty("nextPageToken", "page=/+" + (from + most));
        }
        return json;
    }

    /** {@return a warning of a code} */
    public static JsonObject warning(String code) {
        JsonObject warning = new JsonObject();
        warning.addProperty("code", code);
        warning.addProperty("message", "As " + code + " says.");
        return warning;
    }

    private <T> JsonObject aggregated(
            String kind, List<T> all, Function<T, String> scope, Function<T, JsonObject> item) {
        Map<String, JsonArray> byScope = new TreeMap<>();
        FakeGceDisks.PLACES.forEach(each -> byScope.put(each, new JsonArray()));
        all.forEach(each -> byScope.computeIfAbsent(scope.apply(each), place -> new JsonArray())
                .add(item.apply(each)));
        JsonObject items = new JsonObject();
        JsonArray missed = new JsonArray();
        byScope.forEach((place, found) -> {
            boolean missing;
            synchronized (unreachable) {
                missing = unreachable.contains(place);
            }
            JsonObject of = new JsonObject();
            JsonElement none = warning(missing ? "UNREACHABLE" : "NO_RESULTS_ON_PAGE");
            if (missing || found.isEmpty()) {
                of.add("warning", none);
            } else {
                of.add(kind, found);
            }
            if (missing) {
                missed.add(place);
            }
            items.add(place, of);
        });
        JsonObject json = new JsonObject();
        json.addProperty("kind", "compute#aggregatedList");
        json.add("items", items);
        json.add("unreachables", missed);
        return json;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
