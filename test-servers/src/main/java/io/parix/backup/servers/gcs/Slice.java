package io.parix.backup.servers.gcs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.function.Supplier;

/**
 * Some bytes of an object as the body of an answer, which need not be in memory to be sent.
 *
 * @param content of what
 * @param first the first of them
 * @param count how many
 */
record Slice(Content content, long first, long count) implements Supplier<byte[]> {
    @Override
    public byte[] get() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    void writeTo(OutputStream out) throws IOException {
        content.write(first, count, out);
    }
}
