package io.parix.backup.provider.gcp;

import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.http.LowLevelHttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;

/** One request for an access token, by a connection of its own that ends with it. For one thread. */
final class TokenRequest extends LowLevelHttpRequest {
    /** Far more than a token has. */
    private static final int MOST = 1 << 20;

    private final URI uri;
    private final HttpUriRequestBase request;
    private final long begun = System.nanoTime();
    private Duration connect = TokenTransport.STALL;
    private Duration stall = TokenTransport.STALL;

    TokenRequest(String method, URI uri) {
        this.uri = uri;
        this.request = new HttpUriRequestBase(method, uri);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    @Override
    public void addHeader(String name, String value) {
        request.addHeader(name, value);
    }

    /** The library looks for a machine's own credentials with less patience than it has for a token; more than ours it gets not. */
    @Override
    public void setTimeout(int connect, int read) {
        if (connect > 0) {
            this.connect = shorter(this.connect, Duration.ofMillis(connect));
        }
        if (read > 0) {
            stall = shorter(stall, Duration.ofMillis(read));
        }
    }

    @Override
    public LowLevelHttpResponse execute() throws IOException {
        if (getStreamingContent() != null) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            getStreamingContent().writeTo(body);
            ContentType type = getContentType() == null ? null : ContentType.parseLenient(getContentType());
            request.setEntity(new ByteArrayEntity(body.toByteArray(), type, getContentEncoding()));
        }
        TokenThread.isEndedBy(request::abort);
        Timeout limit = Timeout.ofMilliseconds(Deadlines.millis(stall));
        try (CloseableHttpClient client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .useSystemProperties()
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.ofMilliseconds(Deadlines.millis(connect)))
                                .setSocketTimeout(limit)
                                .build())
                        .build())
                .useSystemProperties()
                .setDefaultRequestConfig(
                        RequestConfig.custom().setResponseTimeout(limit).build())
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableContentCompression()
                .disableCookieManagement()
                .disableAuthCaching()
                .build()) {
            return answer(client);
        } catch (IOException e) {
            throw TokenTransport.failed(e);
        }
    }

    private LowLevelHttpResponse answer(CloseableHttpClient client) throws IOException {
        HttpHost host = new HttpHost(uri.getScheme(), uri.getHost(), uri.getPort());
        return client.execute(host, request, answer -> new GcpAnswer(read(answer), () -> {}, () -> {}));
    }

    /** The whole of it, so that nothing is left to be read when the connection has ended. */
    private ClassicHttpResponse read(ClassicHttpResponse answer) throws IOException {
        HttpEntity entity = answer.getEntity();
        if (entity == null) {
            return answer;
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        try (InputStream in = entity.getContent()) {
            byte[] some = new byte[8_192];
            for (int n = in.read(some); n >= 0; n = in.read(some)) {
                whole.write(some, 0, n);
                if (whole.size() > MOST || System.nanoTime() - begun > TokenTransport.WHOLE.toNanos()) {
                    throw new SocketTimeoutException("the answer of the server of access tokens does not end");
                }
            }
        }
        answer.setEntity(new ByteArrayEntity(whole.toByteArray(), ContentType.parseLenient(entity.getContentType())));
        return answer;
    }
}
