package io.parix.backup.servers.gcs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Bytes that are somewhere, so that an object as large as a data file need not be in memory. */
interface Content {
    /** {@return how many} */
    long size();

    /** {@return them, from one on} */
    InputStream from(long first) throws IOException;

    /** {@return bytes in memory, which whoever has the array may change} */
    static Content of(byte[] bytes) {
        return new Content() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public InputStream from(long first) {
                return new ByteArrayInputStream(bytes, (int) first, bytes.length - (int) first);
            }

            @Override
            public byte[] whole() {
                return bytes;
            }
        };
    }

    /** {@return what a file holds after so many bytes} */
    static Content of(Path file, long skipped) throws IOException {
        long size = Files.size(file) - skipped;
        return new Content() {
            @Override
            public long size() {
                return size;
            }

            @Override
            public InputStream from(long first) throws IOException {
                InputStream in = Files.newInputStream(file);
                in.skipNBytes(skipped + first);
                return in;
            }
        };
    }

    /** {@return all of them at once} */
    default byte[] whole() {
        try (InputStream in = from(0)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes some of them. */
    default void write(long first, long count, OutputStream out) throws IOException {
        try (InputStream in = from(first)) {
            byte[] buffer = new byte[1 << 16];
            long left = count;
            while (left > 0) {
                int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (n < 0) {
                    throw new IOException("The object has ended before its time");
                }
                out.write(buffer, 0, n);
                left -= n;
            }
        }
    }
}
