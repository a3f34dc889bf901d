package io.parix.backup.examples.provider;

import io.parix.backup.ByteSize;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.testkit.contract.ObjectStoreContract;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;

class JdbcTableStoreContractTest implements ObjectStoreContract {
    private final Places places = new Places(database());

    /** Another class runs the same on PostgreSQL. */
    TestDatabase database() {
        return TestDatabase.H2;
    }

    @AfterEach
    void close() throws Exception {
        places.close();
    }

    @Override
    public ObjectStore emptyStore() throws SQLException {
        return places.open(places.empty()).objects();
    }

    @Override
    public ByteSize largestWrite() {
        return JdbcTableSession.LARGEST_WRITE;
    }

    @Override
    public Optional<ObjectStore> lostStore() throws SQLException {
        ObjectStore store = kept();
        places.execute("drop table parix_objects");
        return Optional.of(store);
    }

    private ObjectStore kept() throws SQLException {
        ObjectStore store = emptyStore();
        store.putIfAbsent(new ObjectKey("kept/object"), ObjectContent.of(new byte[10]), Places.CALL);
        return store;
    }

    @Override
    public Optional<ObjectStore> forbiddenStore() throws SQLException {
        kept();
        return Optional.of(places.openAsReader().objects());
    }

    @Override
    public Optional<ObjectStore> deniedStore() throws SQLException {
        kept();
        ObjectStore reader = places.openAsReader().objects();
        places.denyReader();
        return Optional.of(reader);
    }

    @Override
    public Optional<ObjectStore> fullStore(ByteSize room) throws SQLException {
        return Optional.of(
                places.open(TroubledSource.full(places.empty(), room.bytes())).objects());
    }

    @Override
    public Optional<ObjectStore> throttledStore() throws SQLException {
        AtomicBoolean armed = new AtomicBoolean();
        return Optional.of(kept(TroubledSource.crowded(places.empty(), armed), armed));
    }

    @Override
    public Optional<ObjectStore> lostAnswerStore() throws SQLException {
        AtomicBoolean armed = new AtomicBoolean();
        return Optional.of(kept(TroubledSource.losingAnswers(places.empty(), armed), armed));
    }

    /** A store with an object, whose source makes trouble from then on. */
    private ObjectStore kept(DataSource source, AtomicBoolean armed) {
        ObjectStore store = places.open(source).objects();
        store.putIfAbsent(new ObjectKey("kept/object"), ObjectContent.of(new byte[10]), Places.CALL);
        armed.set(true);
        return store;
    }

    @Override
    public boolean truncate(ObjectStore store, ObjectKey key) throws SQLException {
        places.execute("delete from parix_objects where chunk > 8");
        return true;
    }
}
