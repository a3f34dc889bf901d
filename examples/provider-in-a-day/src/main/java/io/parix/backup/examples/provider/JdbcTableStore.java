package io.parix.backup.examples.provider;

import io.parix.backup.spi.ByteRange;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectPage;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.StoredObject;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Objects in a table: the five verbs. */
final class JdbcTableStore implements ObjectStore {
    private final Database database;
    private final Table table;
    private final TableWriter writer;

    JdbcTableStore(Database database, Table table) {
        this.database = database;
        this.table = table;
        this.writer = new TableWriter(database, table);
    }

    @Override
    public StoredObject putIfAbsent(ObjectKey key, ObjectContent content, CallContext context) {
        Call call = Call.begin(database, context, "writing " + key);
        long most = JdbcTableSession.LARGEST_WRITE.bytes();
        if (content.length() < 0 || content.length() > most) {
            throw new ProviderException(
                    ErrorKind.INVALID_REQUEST,
                    "Cannot write " + key + ": " + content.length() + " bytes are not between 0 and " + most + ".");
        }
        return writer.write(key, content, call);
    }

    @Override
    public InputStream get(ObjectKey key, @Nullable ByteRange range, CallContext context) {
        Call call = Call.begin(database, context, "reading " + key);
        Table.Row row = database.ask(call, connection -> table.describe(connection, call, key))
                .orElseThrow(() -> new ProviderException(
                        ErrorKind.NOT_FOUND, "Cannot read " + key + ": there is no such object."));
        return TableStream.of(database, table, context, row, range);
    }

    @Override
    public Optional<StoredObject> stat(ObjectKey key, CallContext context) {
        Call call = Call.begin(database, context, "describing " + key);
        return database.ask(call, connection -> table.describe(connection, call, key))
                .map(Table.Row::object);
    }

    @Override
    public ObjectPage list(KeyPrefix prefix, @Nullable ObjectKey after, CallContext context) {
        Call call = Call.begin(database, context, "listing " + prefix);
        List<StoredObject> found = database.ask(call, connection -> table.list(connection, call, prefix, after));
        boolean more = found.size() > MAX_PAGE;
        return new ObjectPage(more ? found.subList(0, MAX_PAGE) : found, more);
    }

    @Override
    public Map<ObjectKey, DeleteOutcome> delete(List<ObjectKey> keys, CallContext context) {
        Call call = Call.begin(database, context, "deleting " + keys.size() + " objects");
        if (keys.size() > MAX_DELETE) {
            throw new ProviderException(
                    ErrorKind.INVALID_REQUEST,
                    "Cannot delete " + keys.size() + " objects in one call: at most " + MAX_DELETE + " can be.");
        }
        return database.ask(call, connection -> outcomes(connection, call, new LinkedHashSet<>(keys)));
    }

    /** Each key on its own: what is gone when the time is up need not be asked for again. */
    private Map<ObjectKey, DeleteOutcome> outcomes(Connection connection, Call call, Iterable<ObjectKey> keys) {
        Map<ObjectKey, DeleteOutcome> outcomes = new LinkedHashMap<>();
        List<ProviderException> failures = new ArrayList<>();
        for (ObjectKey key : keys) {
            try {
                outcomes.put(key, outcome(connection, call, key));
            } catch (ProviderException e) {
                failures.add(e);
                outcomes.put(key, new DeleteOutcome.Failed(e.kind(), String.valueOf(e.getMessage())));
            }
        }
        if (!failures.isEmpty() && failures.size() == outcomes.size()) {
            throw failures.get(0);
        }
        return outcomes;
    }

    private DeleteOutcome outcome(Connection connection, Call call, ObjectKey key) {
        call.check();
        try {
            return table.delete(connection, call, key) ? new DeleteOutcome.Deleted() : new DeleteOutcome.Absent();
        } catch (SQLException e) {
            throw SqlErrors.ofSent(call, e);
        }
    }
}
