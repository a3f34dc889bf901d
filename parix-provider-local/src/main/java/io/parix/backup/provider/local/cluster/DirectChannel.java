package io.parix.backup.provider.local.cluster;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A file opened past the page cache, where the file system allows it.
 *
 * <p>A restore writes more than the machine may have memory for, beside a database that wants that memory; and what is read
 * back past the cache was on the disk. Only whole sectors from aligned memory go this way.
 */
final class DirectChannel implements AutoCloseable {
    private static final int SECTOR = 4096;

    private final @Nullable FileChannel channel;

    private DirectChannel(@Nullable FileChannel channel) {
        this.channel = channel;
    }

    static DirectChannel open(Path file) {
        try {
            return new DirectChannel(FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, ExtendedOpenOption.DIRECT));
        } catch (IOException | UnsupportedOperationException e) {
            // The file system knows no such way; the ordinary one is always there.
            return new DirectChannel(null);
        }
    }

    /** The channel that serves this span: the direct one where it can, else the ordinary one. */
    FileChannel orElse(FileChannel ordinary, long position, ByteBuffer span) {
        boolean whole = position % SECTOR == 0 && span.remaining() % SECTOR == 0;
        boolean aligned = whole && span.isDirect() && span.alignmentOffset(span.position(), SECTOR) == 0;
        return channel != null && aligned ? channel : ordinary;
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
