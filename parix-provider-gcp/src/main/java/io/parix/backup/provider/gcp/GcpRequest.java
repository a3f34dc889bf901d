package io.parix.backup.provider.gcp;

import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.http.LowLevelHttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.apache.hc.core5.util.Timeout;

/** One request on the wire. For one thread. */
final class GcpRequest extends LowLevelHttpRequest {
    private static final String USER_AGENT = "parix-backup";

    private final GcpTransport transport;
    private final GcpCall call;
    private final URI uri;
    private final HttpUriRequestBase request;

    GcpRequest(GcpTransport transport, GcpCall call, String method, URI uri) {
        this.transport = transport;
        this.call = call;
        this.uri = uri;
        this.request = new HttpUriRequestBase(method, uri);
    }

    @Override
    public void addHeader(String name, String value) {
        boolean agent = name.toLowerCase(Locale.ROOT).equals("user-agent");
        request.addHeader(name, agent ? value + " " + USER_AGENT : value);
    }

    @Override
    public LowLevelHttpResponse execute() throws IOException {
        call.check();
        call.asks();
        if (getStreamingContent() != null) {
            request.setEntity(new Body(getContentType(), getContentEncoding(), getContentLength()));
        }
        Duration left = call.left();
        request.setConfig(RequestConfig.custom()
                .setConnectionRequestTimeout(shorter(transport.limits().stall(), left))
                .setResponseTimeout(shorter(transport.limits().stall(), left))
                .build());
        Deadlines.Deadline deadline = transport.deadlines().in(left, request::abort);
        boolean answered = false;
        try {
            GcpAnswer answer = new GcpAnswer(send(), request::abort, deadline);
            call.answered(answer);
            answered = true;
            return answer;
        } finally {
            if (!answered) {
                deadline.lift();
            }
        }
    }

    private ClassicHttpResponse send() throws IOException {
        HttpHost host = new HttpHost(uri.getScheme(), uri.getHost(), uri.getPort());
        HttpClientContext context = HttpClientContext.create();
        try {
            return transport.client().executeOpen(host, request, context);
        } finally {
            // Known from when there is a connection, with its handshake done, and just before the first byte.
            if (context.getEndpointDetails() != null) {
                call.sends();
            }
        }
    }

    private static Timeout shorter(Duration one, Duration other) {
        Duration least = one.compareTo(other) < 0 ? one : other;
        return Timeout.ofMilliseconds(Deadlines.millis(least));
    }

    /** A body that breaks off ends the connection: to end its chunks instead would pass it off as whole. */
    private final class Body extends AbstractHttpEntity {
        private final long length;

        Body(String type, String encoding, long length) {
            super(type, encoding, length < 0);
            this.length = length;
        }

        @Override
        public long getContentLength() {
            return length;
        }

        @Override
        public boolean isRepeatable() {
            return false;
        }

        @Override
        public boolean isStreaming() {
            return true;
        }

        @Override
        public InputStream getContent() throws IOException {
            throw new IOException("A body that is written has no stream to be read from.");
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            boolean whole = false;
            try {
                getStreamingContent().writeTo(out);
                whole = true;
            } finally {
                if (!whole) {
                    request.abort();
                }
            }
        }

        @Override
        public void close() {
            // What it is made of is closed by whoever opened it.
        }
    }
}
