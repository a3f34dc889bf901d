package io.parix.backup.provider.gcp;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.LowLevelHttpRequest;
import com.google.auth.http.HttpTransportFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;

/**
 * How access tokens of the application default credentials are fetched: within what is left of the call that needs one, and of its own
 * limits. Google's library keeps such credentials for the whole process, and this with them; so it holds no connection, and belongs to no place.
 * Safe for concurrent calls.
 */
final class TokenTransport extends HttpTransport implements HttpTransportFactory {
    /** The longest that connecting, or a silence, may take: tokens come from servers that are near, or quick. */
    static final Duration STALL = Duration.ofSeconds(10);

    /** The longest that a request may take, where no call says less. */
    private static final Duration WHOLE = Duration.ofSeconds(30);

    private final CurrentCall current;

    TokenTransport(CurrentCall current) {
        this.current = current;
    }

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
        requireTime();
        return new TokenRequest(this, method, URI.create(url));
    }

    /** Another exception than those after which the library waits and tries again. */
    private void requireTime() {
        if (left().isNegative() || left().isZero()) {
            throw new UncheckedIOException(new SocketTimeoutException("the call has no time left for an access token"));
        }
    }

    /** {@return how long a request may take from now on} */
    Duration left() {
        GcpCall call = current.get();
        return call == null || call.left().compareTo(WHOLE) > 0 ? WHOLE : call.left();
    }

    /** {@return what a request failed by, to be thrown, where there is time to try again} */
    IOException failed(IOException e) {
        requireTime();
        return e;
    }
}
