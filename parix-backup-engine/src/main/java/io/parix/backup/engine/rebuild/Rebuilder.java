package io.parix.backup.engine.rebuild;

import io.parix.backup.DatabaseId;
import io.parix.backup.InvalidRequestException;
import io.parix.backup.rebuild.Adoption;
import io.parix.backup.rebuild.Rebuild;
import io.parix.backup.rebuild.RebuildReport;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectPage;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.StorageLocation;
import io.parix.backup.spi.StoredObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The service behind {@link Rebuild}. */
public final class Rebuilder implements Rebuild {
    private final RebuildParts parts;

    /**
     * A service over the given parts.
     *
     * @param parts what it works with
     */
    public Rebuilder(RebuildParts parts) {
        this.parts = parts;
    }

    @Override
    public Adoption adopt(StorageLocation location) {
        return parts.installations().adopt(location, call());
    }

    @Override
    public RebuildReport database(StorageLocation location, DatabaseId database) {
        AwaitedKeys awaited = new AwaitedKeys();
        RebuildReport report = run(location, database, awaited);
        awaited.requireNone();
        return report;
    }

    private RebuildReport run(StorageLocation location, DatabaseId database, AwaitedKeys awaited) {
        CallContext call = call();
        return new DatabaseRebuild(parts, location, database, call).run(call, awaited);
    }

    @Override
    public void all(StorageLocation location, Consumer<RebuildReport> heard) {
        AwaitedKeys awaited = new AwaitedKeys();
        ObjectStore store = parts.archives().store(location);
        Optional<DatabaseId> database = databaseAfter(store, location.prefix(), null);
        while (database.isPresent()) {
            DatabaseId found = database.get();
            heard.accept(run(location, found, awaited));
            // '0' is the character after '/', so this is past everything in the database's folder.
            database = databaseAfter(store, location.prefix(), location.prefix().key(found + "0"));
        }
        awaited.requireNone();
    }

    /** The first folder past a key that is named as a database is. */
    private Optional<DatabaseId> databaseAfter(ObjectStore store, KeyPrefix prefix, @Nullable ObjectKey after) {
        @Nullable ObjectKey last = after;
        boolean more = true;
        while (more) {
            ObjectPage page = store.list(prefix, last, call());
            List<StoredObject> objects = page.objects();
            for (StoredObject object : objects) {
                Optional<DatabaseId> database = folder(prefix, object.key());
                if (database.isPresent()) {
                    return database;
                }
                last = object.key();
            }
            more = page.more() && !objects.isEmpty();
        }
        return Optional.empty();
    }

    private static Optional<DatabaseId> folder(KeyPrefix prefix, ObjectKey key) {
        int from = prefix.value().isEmpty() ? 0 : prefix.value().length() + 1;
        int slash = key.value().indexOf('/', from);
        if (slash < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(new DatabaseId(key.value().substring(from, slash)));
        } catch (InvalidRequestException e) {
            return Optional.empty();
        }
    }

    private CallContext call() {
        return new CallContext(
                parts.settings().work().callTimeout(), () -> false, "rebuild", CallContext.Purpose.MANIFEST);
    }
}
