package io.parix.backup.examples.provider;

import io.parix.backup.spi.Checksums;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.zip.CRC32C;

/** Creates an object in one transaction: its chunks, and once all are right the row that makes them an object. */
final class TableWriter {
    private final Database database;
    private final Table table;

    TableWriter(Database database, Table table) {
        this.database = database;
        this.table = table;
    }

    StoredObject write(ObjectKey key, ObjectContent content, Call call) {
        return database.inTransaction(call, connection -> {
            try (InputStream in = content.open()) {
                copy(connection, call, key, content, in);
            } catch (IOException e) {
                throw unreadable(key, e);
            }
            call.check();
            table.insert(connection, call, key, content, 0, new byte[0]);
            StoredObject made =
                    table.describe(connection, call, key).orElseThrow().object();
            return new StoredObject(key, made.length(), made.createdAt(), content.checksums());
        });
    }

    private void copy(Connection connection, Call call, ObjectKey key, ObjectContent content, InputStream in)
            throws IOException, SQLException {
        CRC32C crc = new CRC32C();
        MessageDigest sha = Checksums.newSha256();
        long left = content.length();
        for (int chunk = 1; left > 0; chunk++) {
            call.check();
            byte[] bytes = in.readNBytes((int) Math.min(left, Table.CHUNK));
            if (bytes.length == 0) {
                throw corrupt(key, content);
            }
            crc.update(bytes);
            sha.update(bytes);
            table.insert(connection, call, key, content, chunk, bytes);
            left -= bytes.length;
        }
        if (in.read() >= 0 || !Checksums.of(crc, sha).equals(content.checksums())) {
            throw corrupt(key, content);
        }
    }

    private static ProviderException corrupt(ObjectKey key, ObjectContent content) {
        return new ProviderException(
                ErrorKind.CORRUPT,
                "Cannot write " + key + ": the bytes that came are not those that were promised (" + content.length()
                        + " bytes, SHA-256 " + content.checksums().sha256() + ").");
    }

    /** The caller's own bytes: that can pass, unless it is the caller's thread that was told to stop. */
    private static ProviderException unreadable(ObjectKey key, IOException e) {
        ErrorKind kind = e instanceof InterruptedIOException ? ErrorKind.CANCELLED : ErrorKind.UNAVAILABLE;
        return new ProviderException(kind, "Cannot write " + key + ": its bytes could not be read: " + e + ".", e);
    }
}
