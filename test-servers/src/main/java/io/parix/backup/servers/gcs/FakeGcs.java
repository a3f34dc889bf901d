package io.parix.backup.servers.gcs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
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
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A Cloud Storage of our own at the wire, with state: what it says follows from what it was told. It has what no server for
 * tests has: retention and holds that are enforced, versions, soft delete, batches, permissions, refusals of single names, a log
 * of requests, and trouble on demand. Its answers are our reading of the documentation.
 */
public final class FakeGcs implements AutoCloseable {
    /** The token that it takes. */
    public static final String TOKEN = "ya29.the-access-token";

    private static final String ANY = "any";
    private static final int THREADS = 16;

    static {
        // Else each answer waits 40 ms for an acknowledgement (Nagle's algorithm, delayed ACK).
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final String scheme;
    private final Function<String, FakeBucket> made;
    /** As many as callers at once, all there from the start, so that a test can tell those of others. */
    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(THREADS, THREADS, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());

    private final Map<String, FakeBucket> buckets = new ConcurrentHashMap<>();
    private final Map<String, FakeAnswer> refusals = new ConcurrentHashMap<>();
    private final List<FakeRequest> requests = new CopyOnWriteArrayList<>();
    private final List<Planned> planned = new ArrayList<>();
    private final ResumableUploads resumable = new ResumableUploads();
    private final Set<Departure> departures = ConcurrentHashMap.newKeySet();
    private volatile Predicate<String> allowed = permission -> true;
    private volatile Duration ahead = Duration.ZERO;

    /** In what a server may be wrong, for as long as it lasts. */
    public enum Departure {
        /** It writes whatever the condition of the write says. */
        CONDITIONS_IGNORED,
        /** It compares no checksum, and keeps that of what it got. */
        CHECKSUMS_IGNORED,
        /** The last of several names is on none of a listing's pages. */
        LISTINGS_SHORT
    }

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

    private FakeGcs(HttpServer server, String scheme, Function<String, FakeBucket> made) {
        this.server = server;
        this.scheme = scheme;
        this.made = made;
    }

    /** {@return a server that listens, whose objects are in memory} */
    public static FakeGcs start() {
        try {
            return listening(HttpServer.create(anyPort(), 0), "http");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Runs one whose objects are files, until the process ends.
     *
     * @param args the port, the folder in which each bucket is a folder, and the names of the buckets that are there
     * @throws IOException when it cannot listen
     */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[1]);
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
        FakeGcs fake = over(
                HttpServer.create(address, 0), "http", name -> new FakeBucket(ObjectFiles.in(folder.resolve(name))));
        List.of(args).subList(2, args.length).forEach(fake::bucket);
        fake.server.start();
    }

    /**
     * The same over TLS.
     *
     * @param keys the server's
     * @return a server that listens
     */
    public static FakeGcs start(SSLContext keys) {
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

    private static FakeGcs listening(HttpServer http, String scheme) {
        FakeGcs fake = over(http, scheme, name -> new FakeBucket());
        http.start();
        return fake;
    }

    private static FakeGcs over(HttpServer http, String scheme, Function<String, FakeBucket> made) {
        FakeGcs fake = new FakeGcs(http, scheme, made);
        http.createContext("/", fake::handle);
        fake.threads.prestartAllCoreThreads();
        http.setExecutor(fake.threads);
        return fake;
    }

    /** {@return where it listens} */
    public URI uri() {
        return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort());
    }

    /** {@return a bucket, made when first asked for} */
    public FakeBucket bucket(String name) {
        return buckets.computeIfAbsent(name, each -> made.apply(each).at(uri()));
    }

    /** Removes a bucket with all that is in it. */
    public void removeBucket(String name) {
        buckets.remove(name);
    }

    /** {@return its clock} */
    public Instant now() {
        return Instant.now().plus(ahead).truncatedTo(ChronoUnit.MILLIS);
    }

    /** Moves its clock. */
    public void advance(Duration by) {
        ahead = ahead.plus(by);
    }

    /** Lets it be wrong in one more way from now on. */
    public void departs(Departure how) {
        departures.add(how);
    }

    /** Lets nothing be done but what needs these permissions of IAM. */
    public void allowOnly(Set<String> permissions) {
        allowed = permissions::contains;
    }

    /** Lets everything be done but what needs these permissions of IAM. */
    public void forbid(Set<String> permissions) {
        allowed = permission -> !permissions.contains(permission);
    }

    /**
     * Refuses to delete a name.
     *
     * @param name the name
     * @param answer the refusal, or null for no more
     */
    public void refuse(String name, @Nullable FakeAnswer answer) {
        if (answer == null) {
            refusals.remove(name);
        } else {
            refusals.put(name, answer);
        }
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

    /** {@return what was asked so far, without bodies; the parts of a batch follow it} */
    public List<FakeRequest> requests() {
        return List.copyOf(requests);
    }

    /** {@return the operations that were asked for so far, those in batches too} */
    public List<String> operations() {
        return requests.stream().map(FakeRequest::operation).toList();
    }

    /** Forgets what was asked so far. */
    public void forget() {
        requests.clear();
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
        return request.operation().equals("batch") ? FakeBatch.of(request, this::part) : answerOne(request);
    }

    private FakeAnswer part(FakeRequest request) {
        requests.add(request.light());
        FakeAnswer refusal = refusals.get(request.name());
        return refusal == null ? answerOne(request) : refusal;
    }

    private FakeAnswer answerOne(FakeRequest request) {
        if (!request.header("authorization").equals("Bearer " + TOKEN)) {
            return FakeAnswer.error(401, request.header("authorization").isEmpty() ? "required" : "authError");
        }
        if (!FakePermissions.of(request).stream().allMatch(allowed)) {
            return FakeAnswer.error(403, "forbidden");
        }
        FakeBucket bucket = buckets.get(request.bucket());
        if (bucket == null) {
            return FakeAnswer.error(404, "notFound");
        }
        // Who may not list is not told what is not there.
        boolean absent = request.operation().startsWith("objects.get")
                && bucket.current(request.name()).isEmpty();
        if (absent && !allowed.test("storage.objects.list")) {
            return FakeAnswer.error(403, "forbidden");
        }
        return switch (request.operation()) {
            case "objects.insert" -> FakeObjects.insert(bucket, request, now(), departures);
            case "objects.insert resumable" -> resumable.begin(bucket, request);
            case "objects.insert piece" -> resumable.append(bucket, request, now());
            case "objects.get" -> FakeObjects.get(bucket, request);
            case "objects.get media" -> FakeObjects.media(bucket, request);
            case "objects.list" -> FakeListings.objects(bucket, request, departures);
            case "objects.delete" -> FakeObjects.delete(bucket, request, now());
            default -> FakeAnswer.error(405, "methodNotAllowed");
        };
    }

    private static void send(HttpExchange exchange, FakeAnswer answer) throws IOException {
        answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        exchange.getResponseHeaders().set("X-GUploader-UploadID", "upload-1");
        if (answer.body() instanceof Slice slice && slice.count() > 0) {
            exchange.sendResponseHeaders(answer.status(), slice.count());
            slice.writeTo(exchange.getResponseBody());
            return;
        }
        byte[] body = answer.body().get();
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
