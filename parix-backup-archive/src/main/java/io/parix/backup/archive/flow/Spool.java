package io.parix.backup.archive.flow;

import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A temporary file, deleted when closed. Safe for parallel use. Every failure is {@link ErrorCode#SPOOL_FAILED}. */
public final class Spool implements AutoCloseable {
    private final FileChannel file;

    private Spool(FileChannel file) {
        this.file = file;
    }

    /**
     * Makes an empty file.
     *
     * @param directory where
     * @return the file
     */
    public static Spool in(Path directory) {
        try {
            Path path = Files.createTempFile(directory, "parix-", ".spool");
            return new Spool(FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE));
        } catch (IOException e) {
            throw failed("create a file in " + directory, e);
        }
    }

    /**
     * Writes all that remains in {@code source}.
     *
     * @param position 0 or more
     * @param source what to write
     */
    public void write(long position, ByteBuffer source) {
        long at = position;
        try {
            while (source.hasRemaining()) {
                at += file.write(source, at);
            }
        } catch (IOException e) {
            throw failed("write", e);
        }
    }

    /**
     * Fills all that remains of {@code target}, which must be there.
     *
     * @param position 0 or more
     * @param target what to fill
     */
    public void read(long position, ByteBuffer target) {
        long at = position;
        try {
            while (target.hasRemaining()) {
                int n = file.read(target, at);
                if (n < 0) {
                    throw new IOException("it ends at " + at);
                }
                at += n;
            }
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw failed("close", e);
        }
    }

    private static FailedException failed(String verb, IOException e) {
        return new FailedException(
                ErrorCode.SPOOL_FAILED,
                "Cannot " + verb + " in the spool: " + e.getMessage() + ". Make room in the spool directory.",
                e);
    }
}
