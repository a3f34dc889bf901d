package io.parix.backup.examples.provider;

import io.parix.backup.spi.ByteRange;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ProviderException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Exactly the bytes that were asked for, or an {@link IOException}. Each chunk is asked for when it is needed, so a slow reader
 * holds no connection, and one that forgets to close holds nothing at all. For one reader at a time.
 */
final class TableStream extends InputStream {
    private final Database database;
    private final Table table;
    private final CallContext context;
    private final Table.Row row;
    private final long end;
    private long position;
    private int loaded;
    private byte[] chunk = {};

    private TableStream(Database database, Table table, CallContext context, Table.Row row, long position, long end) {
        this.database = database;
        this.table = table;
        this.context = context;
        this.row = row;
        this.position = position;
        this.end = end;
    }

    /** Refuses a span that reaches past the end: clipped, it would hide that the object is shorter than it should be. */
    static TableStream of(
            Database database, Table table, CallContext context, Table.Row row, @Nullable ByteRange range) {
        long length = row.object().length();
        if (range != null && range.end() > length) {
            throw new ProviderException(
                    ErrorKind.INVALID_REQUEST,
                    "Cannot read " + range.offset() + "+" + range.length() + " of "
                            + row.object().key() + ": it has " + length + " bytes.");
        }
        return range == null
                ? new TableStream(database, table, context, row, 0, length)
                : new TableStream(database, table, context, row, range.offset(), range.end());
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int most) throws IOException {
        Objects.checkFromIndexSize(offset, most, target.length);
        requireOpen();
        if (most == 0 || position == end) {
            return most == 0 ? 0 : -1;
        }
        int number = (int) (position / Table.CHUNK) + 1;
        if (number != loaded) {
            chunk = load(number);
            loaded = number;
        }
        int at = (int) (position % Table.CHUNK);
        int n = (int) Math.min(Math.min(most, chunk.length - at), end - position);
        System.arraycopy(chunk, at, target, offset, n);
        position += n;
        return n;
    }

    private void requireOpen() throws IOException {
        try {
            database.requireOpen("reading " + row.object().key());
        } catch (ProviderException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private byte[] load(int number) throws IOException {
        ObjectKey key = row.object().key();
        try {
            Call call = Call.begin(database, context, "reading " + key);
            byte[] bytes = database.ask(call, connection -> table.read(connection, call, row, number))
                    .orElseThrow(() -> new ProviderException(
                            ErrorKind.NOT_FOUND, "Stopped reading " + key + ": chunk " + number + " is not there."));
            long expected = Math.min(Table.CHUNK, row.object().length() - (number - 1L) * Table.CHUNK);
            if (bytes.length != expected) {
                throw new EOFException(
                        "Chunk " + number + " of " + key + " has " + bytes.length + " bytes instead of " + expected);
            }
            return bytes;
        } catch (ProviderException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
