package io.parix.backup.provider.gcp;

import com.google.auth.oauth2.ServiceAccountCredentials;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.parix.backup.servers.gcs.FakeAnswer;
import io.parix.backup.servers.gcs.FakeGcs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A server of access tokens on this machine, and a service account that fetches its own there. */
final class TokenServer implements AutoCloseable {
    /** One for all: making a key takes longer than most tests. */
    private static final PrivateKey KEY = key();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();
    private final Semaphore requests = new Semaphore(0);
    private volatile Supplier<FakeAnswer> answer = () -> token(FakeGcs.TOKEN);

    TokenServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.incrementAndGet();
            requests.release();
            exchange.getRequestBody().readAllBytes();
            FakeAnswer said = answer.get();
            said.headers()
                    .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            byte[] body = said.body().get();
            exchange.sendResponseHeaders(said.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** Gives a token from now on. */
    void give(String token) {
        answer = () -> token(token);
    }

    /** Refuses from now on. */
    void refuse(int status) {
        answer = () -> json(status, "{\"error\": \"invalid_grant\", \"error_description\": \"No.\"}");
    }

    /** Says nothing from now on. */
    void fallSilent() {
        answer = () -> {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return json(500, "{}");
        };
    }

    /** Gives a token from now on, once something has happened. */
    void giveAfter(CountDownLatch event, String token) {
        answer = () -> {
            try {
                event.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return token(token);
        };
    }

    private static FakeAnswer token(String token) {
        return json(200, "{\"access_token\": \"" + token + "\", \"expires_in\": 3600, \"token_type\": \"Bearer\"}");
    }

    private static FakeAnswer json(int status, String body) {
        return FakeAnswer.of(status, Map.of("Content-Type", "application/json"), body.getBytes(StandardCharsets.UTF_8));
    }

    /** Waits for one more request than it has waited for. */
    void awaitRequest() throws InterruptedException {
        requests.acquire();
    }

    /** {@return how often it was asked} */
    int asked() {
        return asked.get();
    }

    /** {@return a service account that may be given a transport, and repeats nothing} */
    ServiceAccountCredentials.Builder account() {
        return ServiceAccountCredentials.newBuilder()
                .setClientEmail("writer@ledger.iam.gserviceaccount.com")
                .setPrivateKey(KEY)
                .setPrivateKeyId("key-1")
                .setDefaultRetriesEnabled(false)
                .setTokenServerUri(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/token"));
    }

    private static PrivateKey key() {
        try {
            KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
            keys.initialize(2_048);
            return keys.generateKeyPair().getPrivate();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has RSA.", e);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
