package io.parix.backup.testkit.datafile;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file that stays sparse where nothing is written. */
final class FileSink implements Sink, Closeable {
    private final RandomAccessFile file;

    private FileSink(Path path) throws IOException {
        file = new RandomAccessFile(path.toFile(), "rw");
    }

    /** Begins a file anew. */
    static FileSink create(Path path) throws IOException {
        FileSink sink = new FileSink(path);
        sink.setLength(0);
        return sink;
    }

    /** Changes a file that is there. */
    static FileSink open(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString());
        }
        return new FileSink(path);
    }

    @Override
    public void write(long position, byte[] bytes, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, count);
        while (buffer.hasRemaining()) {
            file.getChannel().write(buffer, position + buffer.position());
        }
    }

    @Override
    public void setLength(long length) throws IOException {
        file.setLength(length);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
