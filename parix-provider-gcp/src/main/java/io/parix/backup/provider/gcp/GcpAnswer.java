package io.parix.backup.provider.gcp;

import com.google.api.client.http.LowLevelHttpResponse;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/** One answer on the wire. Its deadline holds until its body has been read or given up. For one thread. */
final class GcpAnswer extends LowLevelHttpResponse {
    /** What may be left of a short answer, such as the end of its chunks, so that the connection can be used again. */
    private static final int LEFT_OVER = 1_024;

    private final ClassicHttpResponse answer;
    private final Header[] headers;
    private final Runnable abort;
    private final Deadlines.Deadline deadline;
    private final @Nullable InputStream content;

    GcpAnswer(ClassicHttpResponse answer, Runnable abort, Deadlines.Deadline deadline) throws IOException {
        this.answer = answer;
        this.headers = answer.getHeaders();
        this.abort = abort;
        this.deadline = deadline;
        HttpEntity entity = answer.getEntity();
        this.content = entity == null ? null : new Content(entity.getContent(), entity.getContentLength());
        if (content == null) {
            deadline.lift();
        }
    }

    /** {@return a header's values, those of several by one name joined by commas} */
    Optional<String> header(String name) {
        String values = Arrays.stream(headers)
                .filter(header -> header.getName().equalsIgnoreCase(name))
                .map(header -> Objects.requireNonNullElse(header.getValue(), ""))
                .collect(Collectors.joining(","));
        return values.isEmpty() ? Optional.empty() : Optional.of(values);
    }

    @Override
    public @Nullable InputStream getContent() {
        return content;
    }

    @Override
    public @Nullable String getContentEncoding() {
        return header("Content-Encoding").orElse(null);
    }

    @Override
    public long getContentLength() {
        return answer.getEntity() == null ? -1 : answer.getEntity().getContentLength();
    }

    @Override
    public @Nullable String getContentType() {
        return header("Content-Type").orElse(null);
    }

    @Override
    public String getStatusLine() {
        return answer.getVersion() + " " + answer.getCode() + " " + answer.getReasonPhrase();
    }

    @Override
    public int getStatusCode() {
        return answer.getCode();
    }

    @Override
    public String getReasonPhrase() {
        return answer.getReasonPhrase();
    }

    @Override
    public int getHeaderCount() {
        return headers.length;
    }

    @Override
    public String getHeaderName(int index) {
        return headers[index].getName();
    }

    @Override
    public String getHeaderValue(int index) {
        return headers[index].getValue();
    }

    @Override
    public void disconnect() throws IOException {
        if (content != null) {
            content.close();
        }
    }

    /** The body. What is not read to its end ends the connection, since reading on may take longer than another one. */
    private final class Content extends FilterInputStream {
        private final long length;
        private long passed;
        private boolean ended;
        private boolean closed;

        Content(InputStream in, long length) {
            super(in);
            this.length = length;
            this.ended = length == 0;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int most) throws IOException {
            int n = super.read(target, offset, most);
            if (n > 0) {
                passed += n;
            }
            ended |= n < 0 || passed == length;
            return n;
        }

        @Override
        public void close() throws IOException {
            if (closed) {
                return;
            }
            closed = true;
            try {
                if (ended || isShort()) {
                    super.close();
                    answer.close();
                } else {
                    abort.run();
                }
            } finally {
                deadline.lift();
            }
        }

        private boolean isShort() {
            boolean media = getContentType() == null || getContentType().startsWith("application/octet-stream");
            try {
                return !media && in.readNBytes(LEFT_OVER).length < LEFT_OVER;
            } catch (IOException e) {
                return false;
            }
        }
    }
}
