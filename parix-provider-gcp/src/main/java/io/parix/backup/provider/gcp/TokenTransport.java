package io.parix.backup.provider.gcp;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.LowLevelHttpRequest;
import com.google.auth.http.HttpTransportFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;

/**
 * How access tokens of the application default credentials are fetched: within its own limits, and for as long as somebody waits for them.
 * Google's library keeps such credentials for the whole process, and this with them; so it holds no connection, and belongs to no place.
 * Safe for concurrent calls.
 */
final class TokenTransport extends HttpTransport implements HttpTransportFactory {
    /** The longest that connecting, or a silence, may take: tokens come from servers that are near, or quick. */
    static final Duration STALL = Duration.ofSeconds(10);

    /** The longest that a request may take. */
    static final Duration WHOLE = Duration.ofSeconds(30);

    @Override
    public HttpTransport create() {
        return this;
    }

    @Override
    public boolean supportsMethod(String method) {
        return true;
    }

    @Override
    protected LowLevelHttpRequest buildRequest(String method, String url) {
        requireWanted();
        return new TokenRequest(method, URI.create(url));
    }

    /** Another exception than those after which the library waits and tries again. */
    private static void requireWanted() {
        if (!TokenThread.isWanted()) {
            throw new UncheckedIOException(TokenThread.givenUp());
        }
    }

    /** {@return what a request failed by, to be thrown, where somebody waits for another one} */
    static IOException failed(IOException e) {
        requireWanted();
        return e;
    }
}
