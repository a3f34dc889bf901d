package io.parix.backup.provider.aws.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An EC2 of our own at the wire, with state, as {@link FakeS3} is for S3: the Query protocol in, XML out, and as much as snapshots of
 * volumes need. Its answers are our reading of the documentation. It does not verify signatures.
 */
public final class FakeEc2 implements AutoCloseable {
    private static final int THREADS = 8;
    private static final int LEAST_PAGE = 5;
    private static final int MOST_PAGE = 1_000;

    /** What each action takes, beside {@code Action} and {@code Version}. */
    private static final Map<String, String> PARAMETERS = Map.of(
            "CreateSnapshot", "VolumeId|Description|TagSpecification\\..*",
            "DescribeSnapshots", "Owner\\.1|Filter\\..*|MaxResults|NextToken",
            "DeleteSnapshot", "SnapshotId",
            "DescribeLockedSnapshots", "SnapshotId\\..*|MaxResults|NextToken",
            "CreateVolume",
                    "SnapshotId|AvailabilityZone|VolumeType|Iops|Throughput|Encrypted|KmsKeyId|ClientToken|TagSpecification\\..*",
            "DescribeVolumes", "Filter\\..*|MaxResults|NextToken",
            "DeleteVolume", "VolumeId");

    static {
        // Else each answer waits 40 ms for an acknowledgement (Nagle's algorithm, delayed ACK).
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(THREADS, THREADS, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    private final FakeEbs ebs;
    private final List<Ec2Request> requests = new CopyOnWriteArrayList<>();
    private final List<Planned> planned = new ArrayList<>();
    private final Map<String, List<?>> tokens = new HashMap<>();
    private volatile Predicate<String> allowed = action -> true;
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
        FakeAnswer of(Ec2Request request, Supplier<FakeAnswer> real);
    }

    /** {@return trouble by which what should happen does, and nobody hears of it} */
    public static Trouble lostAnswer() {
        return (request, real) -> {
            FakeAnswer unused = real.get();
            return null;
        };
    }

    /** {@return trouble by which nothing happens but an error} */
    public static Trouble error(int status, String code) {
        return error(status, code, Map.of());
    }

    /** {@return the same with headers, for example {@code Retry-After}} */
    public static Trouble error(int status, String code, Map<String, String> headers) {
        return (request, real) -> Ec2Xml.error(status, code, "As " + code + " says.", headers);
    }

    private record Planned(String action, Trouble trouble) {}

    private FakeEc2(HttpServer server, InstantSource clock) {
        this.server = server;
        this.ebs = new FakeEbs(clock);
    }

    /**
     * Starts one.
     *
     * @param clock its time
     * @return a server that listens
     */
    public static FakeEc2 start(InstantSource clock) {
        try {
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            FakeEc2 fake = new FakeEc2(http, clock);
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
    public FakeEbs ebs() {
        return ebs;
    }

    /** Lets nothing be done but these actions of IAM. */
    public void allowOnly(Set<String> actions) {
        allowed = actions::contains;
    }

    /** Lets everything be done but these actions of IAM. */
    public void forbid(Set<String> actions) {
        allowed = action -> !actions.contains(action);
    }

    /** Puts at most so many on a page, whatever is asked for; the first page of several is empty, as a filter may leave it. */
    public void page(int most) {
        page = most;
    }

    /** Closes every connection after its answer, so that each request has one of its own. */
    public void closeEach() {
        closesEach = true;
    }

    /** Plans trouble for the next request of an action, after what is planned already. */
    public void next(String action, Trouble trouble) {
        synchronized (planned) {
            planned.add(new Planned(action, trouble));
        }
    }

    /** {@return what was asked so far} */
    public List<Ec2Request> requests() {
        return List.copyOf(requests);
    }

    /** {@return the actions that were asked for so far} */
    public List<String> actions() {
        return requests.stream().map(Ec2Request::action).toList();
    }

    /** Forgets what was asked so far. */
    public void forget() {
        requests.clear();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Ec2Request request = Ec2Request.read(exchange);
            requests.add(request);
            Trouble trouble = trouble(request.action());
            FakeAnswer answer = trouble == null ? answer(request) : trouble.of(request, () -> answer(request));
            if (answer != null) {
                answer.headers()
                        .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
                exchange.getResponseHeaders().set("Content-Type", "text/xml;charset=UTF-8");
                if (closesEach) {
                    exchange.getResponseHeaders().set("Connection", "close");
                }
                byte[] body = answer.body().get();
                exchange.sendResponseHeaders(answer.status(), body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    private @Nullable Trouble trouble(String action) {
        synchronized (planned) {
            for (Planned each : planned) {
                if (each.action().equals(action)) {
                    planned.remove(each);
                    return each.trouble();
                }
            }
            return null;
        }
    }

    private FakeAnswer answer(Ec2Request request) {
        try {
            requireRight(request);
            return act(request);
        } catch (Ec2Refusal e) {
            return Ec2Xml.error(e.status(), e.code(), "As " + e.code() + " says.", Map.of());
        }
    }

    private void requireRight(Ec2Request request) {
        String authorization = request.headers().getOrDefault("authorization", "");
        if (!authorization.contains("Credential=" + FakeS3.ACCESS_KEY + "/") || !authorization.contains("/ec2/")) {
            throw new Ec2Refusal(401, "AuthFailure");
        }
        String takes = PARAMETERS.get(request.action());
        if (takes == null || !request.get("Version").equals("2016-11-15")) {
            throw new Ec2Refusal("InvalidAction");
        }
        boolean known =
                request.parameters().keySet().stream().allMatch(each -> each.matches("Action|Version|" + takes));
        if (!known) {
            throw new Ec2Refusal("UnknownParameter");
        }
        if (!permissions(request).stream().allMatch(allowed)) {
            throw new Ec2Refusal(403, "UnauthorizedOperation");
        }
    }

    /** Which actions of IAM a request needs. */
    private static Set<String> permissions(Ec2Request request) {
        Set<String> needed = new HashSet<>(Set.of("ec2:" + request.action()));
        if (request.has("TagSpecification.1.ResourceType")) {
            needed.add("ec2:CreateTags");
        }
        if (request.has("KmsKeyId")) {
            // "Requirements for Amazon EBS encryption", permissions for users.
            needed.addAll(Set.of(
                    "kms:CreateGrant",
                    "kms:Decrypt",
                    "kms:DescribeKey",
                    "kms:GenerateDataKeyWithoutPlaintext",
                    "kms:ReEncryptFrom",
                    "kms:ReEncryptTo"));
        }
        return needed;
    }

    private FakeAnswer act(Ec2Request request) {
        Instant now = ebs.clock().instant();
        String action = request.action();
        return switch (action) {
            case "CreateSnapshot" -> {
                FakeEbsSnapshot made = ebs.create(request);
                yield Ec2Xml.answer(action, xml -> made.write(xml, now));
            }
            case "DescribeSnapshots" ->
                listed(request, "snapshotSet", () -> ebs.described(request), (xml, each) -> each.write(xml, now));
            case "DeleteSnapshot" -> {
                ebs.delete(request);
                yield done(action);
            }
            case "DescribeLockedSnapshots" ->
                listed(request, "snapshotSet", () -> ebs.locked(request), (xml, each) -> each.writeLock(xml, now));
            case "CreateVolume" -> {
                FakeEbsVolume made = ebs.createVolume(request);
                yield Ec2Xml.answer(action, xml -> made.write(xml, now));
            }
            case "DescribeVolumes" ->
                listed(request, "volumeSet", () -> ebs.describedVolumes(request), (xml, each) -> each.write(xml, now));
            default -> {
                ebs.deleteVolume(request);
                yield done(action);
            }
        };
    }

    private static FakeAnswer done(String action) {
        return Ec2Xml.answer(action, xml -> xml.text("return", true));
    }

    private <T> FakeAnswer listed(Ec2Request request, String set, Supplier<List<T>> all, BiConsumer<Ec2Xml, T> item) {
        int most = Math.min(page, most(request));
        List<T> rest = request.has("NextToken") ? rest(request.get("NextToken")) : all.get();
        boolean isEmpty = page < MOST_PAGE && rest.size() > most && !request.has("NextToken");
        List<T> shown = isEmpty ? List.of() : rest.subList(0, Math.min(most, rest.size()));
        List<T> left = rest.subList(shown.size(), rest.size());
        return Ec2Xml.answer(request.action(), xml -> {
            xml.items(set, shown, item);
            if (!left.isEmpty()) {
                xml.text("nextToken", token(left));
            }
        });
    }

    private static int most(Ec2Request request) {
        int most = request.has("MaxResults") ? Integer.parseInt(request.get("MaxResults")) : MOST_PAGE;
        if (most < LEAST_PAGE || most > MOST_PAGE) {
            throw new Ec2Refusal("InvalidMaxResults");
        }
        return most;
    }

    private String token(List<?> left) {
        synchronized (tokens) {
            String token = "token+/=" + tokens.size();
            tokens.put(token, left);
            return token;
        }
    }

    @SuppressWarnings("unchecked") // a token is given out and taken by one action
    private <T> List<T> rest(String token) {
        synchronized (tokens) {
            List<?> rest = tokens.get(token);
            if (rest == null) {
                throw new Ec2Refusal("InvalidNextToken");
            }
            return (List<T>) rest;
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
