package io.parix.backup.examples.provider;

import io.parix.backup.InvalidRequestException;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.StoredObject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The table, and every statement on it.
 *
 * <p>An object is a row 0, which describes it and comes last, and a row for each chunk of its bytes. Keys are kept as bytes, which
 * every database compares as bytes: as text they would be in the order of its collation, and in some equal but for their case.
 */
final class Table {
    /** How many bytes a row holds: what is in memory of an object, and how far a caller that gives up is away from being heard. */
    static final int CHUNK = 256 << 10;

    private static final Duration OPENING = Duration.ofSeconds(30);

    private static final String CREATE = "create table if not exists parix_objects (object_key bytea not null,"
            + " chunk integer not null, length bigint not null, sha256 varchar(64) not null,"
            + " created_at timestamp(6) with time zone not null, bytes bytea not null,"
            + " primary key (object_key, chunk))";

    /** What PostgreSQL answers when another process makes the table in the same moment. */
    private static final Set<String> JUST_MADE = Set.of("23505", "42P07", "42710");

    private static final String COLUMNS = "select object_key, length, sha256, created_at from parix_objects";
    private static final String DESCRIBE = COLUMNS + " where object_key = ? and chunk = 0";
    private static final String LIST = COLUMNS
            + " where chunk = 0 and object_key > ? and object_key < ? order by object_key fetch first "
            + (ObjectStore.MAX_PAGE + 1) + " rows only";

    /** A key can be deleted and written again while it is read; the checksum tells the objects apart. */
    private static final String READ =
            "select bytes from parix_objects where object_key = ? and chunk = ? and sha256 = ?";

    private static final String DELETE = "delete from parix_objects where object_key = ?";

    /** Behind every key, since those are ASCII. */
    private static final byte[] END = {0x7f};

    private final String insert;

    private Table(Dialect dialect) {
        this.insert = "insert into parix_objects (object_key, chunk, length, sha256, created_at, bytes)"
                + " values (?, ?, ?, ?, " + dialect.now() + ", ?)";
    }

    /**
     * An object as the table describes it.
     *
     * @param object what is told of it
     * @param sha256 whose bytes they are
     */
    record Row(StoredObject object, String sha256) {}

    /** Makes the table where that is asked for; fails where there is none. */
    static Table open(Database database, JdbcTableSettings settings) {
        CallContext context = new CallContext(OPENING, () -> false, "none", CallContext.Purpose.PROBE);
        Call call = Call.begin(database, context, "opening a table");
        return database.ask(call, connection -> {
            if (settings.create()) {
                create(connection);
            }
            Table table = new Table(Dialect.of(connection));
            table.describe(connection, call, new ObjectKey("any"));
            return table;
        });
    }

    private static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(CREATE);
        } catch (SQLException e) {
            if (!JUST_MADE.contains(String.valueOf(e.getSQLState()))) {
                throw e;
            }
        }
    }

    void insert(Connection connection, Call call, ObjectKey key, ObjectContent content, int chunk, byte[] bytes)
            throws SQLException {
        try (PreparedStatement statement = Database.prepare(connection, call, insert)) {
            statement.setBytes(1, bytes(key.value()));
            statement.setInt(2, chunk);
            statement.setLong(3, content.length());
            statement.setString(4, content.checksums().sha256());
            statement.setBytes(5, bytes);
            statement.executeUpdate();
        }
    }

    Optional<Row> describe(Connection connection, Call call, ObjectKey key) throws SQLException {
        try (PreparedStatement statement = Database.prepare(connection, call, DESCRIBE)) {
            statement.setBytes(1, bytes(key.value()));
            return rows(statement).stream().findFirst();
        }
    }

    /** {@return one more object than a page has, where there are so many} */
    List<StoredObject> list(Connection connection, Call call, KeyPrefix prefix, @Nullable ObjectKey after)
            throws SQLException {
        String folder = prefix.value().isEmpty() ? "" : prefix.value() + "/";
        String from = after == null || after.value().compareTo(folder) < 0 ? folder : after.value();
        try (PreparedStatement statement = Database.prepare(connection, call, LIST)) {
            statement.setBytes(1, bytes(from));
            // '0' is the character after '/'.
            statement.setBytes(2, folder.isEmpty() ? END : bytes(prefix.value() + "0"));
            return rows(statement).stream().map(Row::object).toList();
        }
    }

    private static List<Row> rows(PreparedStatement statement) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (ResultSet found = statement.executeQuery()) {
            while (found.next()) {
                ObjectKey key = key(found.getBytes(1));
                OffsetDateTime created = found.getObject(4, OffsetDateTime.class);
                // No checksums: remembered beside the bytes they would still look right when the bytes are not.
                StoredObject object = new StoredObject(key, found.getLong(2), created.toInstant(), null);
                rows.add(new Row(object, found.getString(3)));
            }
        }
        return rows;
    }

    /** {@return the bytes of a chunk; empty where it is not there, or is another object's by now} */
    Optional<byte[]> read(Connection connection, Call call, Row row, int chunk) throws SQLException {
        try (PreparedStatement statement = Database.prepare(connection, call, READ)) {
            statement.setBytes(1, bytes(row.object().key().value()));
            statement.setInt(2, chunk);
            statement.setString(3, row.sha256());
            try (ResultSet found = statement.executeQuery()) {
                return found.next() ? Optional.of(found.getBytes(1)) : Optional.empty();
            }
        }
    }

    /** {@return whether there was something to delete} */
    boolean delete(Connection connection, Call call, ObjectKey key) throws SQLException {
        try (PreparedStatement statement = Database.prepare(connection, call, DELETE)) {
            statement.setBytes(1, bytes(key.value()));
            return statement.executeUpdate() > 0;
        }
    }

    private static ObjectKey key(byte[] bytes) {
        try {
            return new ObjectKey(new String(bytes, StandardCharsets.US_ASCII));
        } catch (InvalidRequestException e) {
            throw new ProviderException(
                    ErrorKind.CORRUPT, "The table holds a row whose key is none: " + e.getMessage(), e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
