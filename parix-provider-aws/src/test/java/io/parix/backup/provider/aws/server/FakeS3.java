package io.parix.backup.provider.aws.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * An S3 of our own at the wire, with state: what it says follows from what it was told. It knows what real servers for tests
 * lack: locks that are enforced, permissions, refusals of single keys, a log of requests, and trouble on demand. Its answers
 * are our reading of the documentation. It does not verify signatures.
 */
public final class FakeS3 implements AutoCloseable {
    /** The access key that it takes. */
    public static final String ACCESS_KEY = "AKIAPARIXTEST";

    /** The account that owns every bucket. */
    public static final String OWNER = "111122223333";

    private static final String ANY = "any";
    private static final int THREADS = 16;

    static {
        // Else each answer waits 40 ms for an acknowledgement (Nagle's algorithm, delayed ACK).
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final String scheme;
    /** As many as callers at once, all there from the start, so that a test can tell those of others. */
    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(THREADS, THREADS, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());

    private final Map<String, FakeBucket> buckets = new ConcurrentHashMap<>();
    private final Map<String, String> refusals = new ConcurrentHashMap<>();
    private final List<FakeRequest> requests = new CopyOnWriteArrayList<>();
    private final List<Planned> planned = new ArrayList<>();
    private final Set<String> used = ConcurrentHashMap.newKeySet();
    private final Set<String> denied = ConcurrentHashMap.newKeySet();
    private volatile Predicate<String> allowed = action -> true;
    private volatile Duration ahead = Duration.ZERO;

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
        FakeAnswer of(FakeRequest request, Supplier<FakeAnswer> real);
    }

    /** {@return trouble by which what should happen does, and nobody hears of it} */
    public static Trouble lostAnswer() {
        return (request, real) -> {
            FakeAnswer unused = real.get();
            return null;
        };
    }

    private record Planned(String operation, Trouble trouble) {}

    private FakeS3(HttpServer server, String scheme) {
        this.server = server;
        this.scheme = scheme;
    }

    /** {@return a server that listens} */
    public static FakeS3 start() {
        try {
            return listening(HttpServer.create(anyPort(), 0), "http");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The same over TLS.
     *
     * @param keys the server's
     * @return a server that listens
     */
    public static FakeS3 start(SSLContext keys) {
        try {
            HttpsServer https = HttpsServer.create(anyPort(), 0);
            https.setHttpsConfigurator(new HttpsConfigurator(keys));
            return listening(https, "https");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static FakeS3 listening(HttpServer http, String scheme) {
        FakeS3 fake = new FakeS3(http, scheme);
        http.createContext("/", fake::handle);
        fake.threads.prestartAllCoreThreads();
        http.setExecutor(fake.threads);
        http.start();
        return fake;
    }

    /** {@return where it listens} */
    public URI uri() {
        return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort());
    }

    /** {@return a bucket, made when first asked for} */
    public FakeBucket bucket(String name) {
        return buckets.computeIfAbsent(name, each -> new FakeBucket());
    }

    /** Removes a bucket with all that is in it. */
    public void removeBucket(String name) {
        buckets.remove(name);
    }

    /** {@return its clock} */
    public Instant now() {
        return Instant.now().plus(ahead).truncatedTo(ChronoUnit.SECONDS);
    }

    /** Moves its clock. */
    public void advance(Duration by) {
        ahead = ahead.plus(by);
    }

    /** Lets nothing be done but these actions of IAM. */
    public void allowOnly(Set<String> actions) {
        allowed = actions::contains;
    }

    /** Lets everything be done but these actions of IAM. */
    public void forbid(Set<String> actions) {
        allowed = action -> !actions.contains(action);
    }

    /** Refuses to delete a key, with a code. */
    public void refuse(String key, String code) {
        refusals.put(key, code);
    }

    String refusal(String key) {
        return refusals.getOrDefault(key, "");
    }

    /** Plans trouble for the next request of an operation, after what is planned already. */
    public void next(String operation, Trouble trouble) {
        synchronized (planned) {
            planned.add(new Planned(operation, trouble));
        }
    }

    /** Plans trouble for the next request, whatever it asks for. */
    public void nextOfAny(Trouble trouble) {
        next(ANY, trouble);
    }

    /** {@return what was asked so far, without bodies} */
    public List<FakeRequest> requests() {
        return List.copyOf(requests);
    }

    /** {@return the operations that were asked for so far} */
    public List<String> operations() {
        return requests.stream().map(FakeRequest::operation).toList();
    }

    /** {@return the actions of IAM that were needed and allowed so far} */
    public Set<String> used() {
        return Set.copyOf(used);
    }

    /** {@return the actions of IAM that were needed and not allowed so far} */
    public Set<String> denied() {
        return Set.copyOf(denied);
    }

    private boolean isAllowed(String action) {
        boolean allows = allowed.test(action);
        (allows ? used : denied).add(action);
        return allows;
    }

    /** Forgets what was asked so far. */
    public void forget() {
        requests.clear();
        used.clear();
        denied.clear();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            FakeRequest request = FakeRequest.read(exchange);
            requests.add(request.light());
            Trouble trouble = trouble(request.operation());
            FakeAnswer answer = trouble == null ? answer(request) : trouble.of(request, () -> answer(request));
            if (answer != null) {
                send(exchange, answer);
            }
        }
    }

    private @Nullable Trouble trouble(String operation) {
        synchronized (planned) {
            for (Planned each : planned) {
                if (Set.of(ANY, operation).contains(each.operation())) {
                    planned.remove(each);
                    return each.trouble();
                }
            }
            return null;
        }
    }

    private FakeAnswer answer(FakeRequest request) {
        if (!request.header("authorization").contains("Credential=" + ACCESS_KEY + "/")) {
            return FakeAnswer.error(403, "InvalidAccessKeyId");
        }
        FakeBucket bucket = buckets.get(request.bucket());
        if (bucket == null) {
            return FakeAnswer.error(404, "NoSuchBucket");
        }
        boolean owned = Set.of("", OWNER).contains(request.header("x-amz-expected-bucket-owner"));
        if (!owned || !FakeActions.of(request, bucket).stream().allMatch(this::isAllowed)) {
            return FakeAnswer.error(403, "AccessDenied");
        }
        return switch (request.operation()) {
            case "PutObject" -> FakeObjects.put(bucket, request, now());
            case "GetObject" -> FakeObjects.get(bucket, request);
            case "HeadObject" -> FakeObjects.head(bucket, request);
            case "GetObjectRetention" -> FakeObjects.retention(bucket, request);
            case "GetObjectLegalHold" -> FakeObjects.legalHold(bucket, request);
            case "HeadBucket" -> FakeAnswer.ok(Map.of());
            case "ListObjectsV2" -> FakeListings.objects(bucket, request);
            case "ListObjectVersions" -> FakeListings.versions(bucket, request);
            case "DeleteObjects" -> FakeListings.delete(this, bucket, request, this::isAllowed);
            default -> FakeAnswer.error(501, "NotImplemented");
        };
    }

    private static void send(HttpExchange exchange, FakeAnswer answer) throws IOException {
        answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        exchange.getResponseHeaders().set("x-amz-request-id", "request-1");
        byte[] body = answer.body().get();
        boolean bodiless = exchange.getRequestMethod().equals("HEAD") || body.length == 0;
        exchange.sendResponseHeaders(answer.status(), bodiless ? -1 : body.length);
        if (!bodiless) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
