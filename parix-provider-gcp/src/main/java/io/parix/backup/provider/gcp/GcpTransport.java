package io.parix.backup.provider.gcp;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.LowLevelHttpRequest;
import com.google.auth.Credentials;
import com.google.auth.http.HttpTransportFactory;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import java.io.IOException;
import java.net.URI;
import java.util.function.Supplier;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * How Google's client talks: by one pool of connections, each request within the deadline of the call that it is made for, which
 * is that of the thread.
 *
 * <p>Nothing is repeated here and no redirection is followed. Safe for concurrent calls.
 */
final class GcpTransport extends HttpTransport implements HttpTransportFactory, AutoCloseable {
    private final CloseableHttpClient client;
    private final GcpConfig.Transport limits;
    private final URI home;
    private final @Nullable Credentials credentials;
    private final Deadlines deadlines = new Deadlines();
    private final CurrentCall current;

    /**
     * A transport.
     *
     * @param limits its limits
     * @param home where every request goes; one that would go elsewhere is refused, for it carries credentials
     * @param credentials that each request is given here; null where the client does so itself
     * @param current whose call a thread is in
     */
    GcpTransport(GcpConfig.Transport limits, URI home, @Nullable Credentials credentials, CurrentCall current) {
        this.limits = limits;
        this.home = home;
        this.credentials = credentials;
        this.current = current;
        this.client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .useSystemProperties()
                        .setMaxConnTotal(limits.connections())
                        .setMaxConnPerRoute(limits.connections())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.of(limits.connect()))
                                .setSocketTimeout(Timeout.of(limits.stall()))
                                .build())
                        .build())
                .useSystemProperties()
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableContentCompression()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableDefaultUserAgent()
                .build();
    }

    /**
     * Does work whose requests are those of a call.
     *
     * @param call the call
     * @param work makes its requests on this thread
     * @return its result
     */
    <T> T during(GcpCall call, Supplier<T> work) {
        call.asks();
        return current.during(call, work);
    }

    /** {@return whose call a thread is in} */
    CurrentCall current() {
        return current;
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
    protected LowLevelHttpRequest buildRequest(String method, String url) throws IOException {
        GcpCall call = current.get();
        if (call == null) {
            throw new ProviderException(ErrorKind.INVALID_REQUEST, "Cannot make a request outside of a call.");
        }
        URI uri = URI.create(url);
        if (!home.getHost().equals(uri.getHost()) || home.getPort() != uri.getPort()) {
            throw new ProviderException(
                    ErrorKind.UNAVAILABLE,
                    "Failed " + call.doing() + ": " + home.getHost() + " sends the request to another address.");
        }
        GcpRequest request = new GcpRequest(this, call, method, uri);
        if (credentials != null) {
            credentials
                    .getRequestMetadata(uri)
                    .forEach((name, values) -> values.forEach(value -> request.addHeader(name, value)));
        }
        return request;
    }

    /** Lets the credentials make a new token, for the next request, within the call; those that cannot keep theirs. */
    void renew(GcpCall call) {
        Credentials all = credentials;
        if (all != null) {
            current.during(call, () -> renewed(all));
        }
    }

    private static boolean renewed(Credentials credentials) {
        try {
            credentials.refresh();
            return true;
        } catch (IOException | RuntimeException e) {
            // Also of a host's own, which may throw anything. The next request is refused like this one, and that says
            // why.
            return false;
        }
    }

    CloseableHttpClient client() {
        return client;
    }

    GcpConfig.Transport limits() {
        return limits;
    }

    Deadlines deadlines() {
        return deadlines;
    }

    /** Ends what is under way, too. */
    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
        deadlines.close();
    }
}
