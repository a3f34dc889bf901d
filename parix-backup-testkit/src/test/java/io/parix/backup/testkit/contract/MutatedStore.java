package io.parix.backup.testkit.contract;

import io.parix.backup.ByteSize;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.testkit.fault.Damage;
import io.parix.backup.testkit.store.InMemoryObjectStore;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.ExtendWith;

/** The store suite on a mutant, or on a store wrapped as mutants are, but right, where no mutant has the name. Not a test of the build: {@link MutantTest} launches it and wants it to fail. */
@ExtendWith(MutantName.class)
final class MutatedStore implements ObjectStoreContract {
    private final InMemoryObjectStoreTest right = new InMemoryObjectStoreTest();
    private final UnaryOperator<ObjectStore> mutation;
    private final Duration patience;

    MutatedStore(String mutant) {
        this.mutation = StoreMutants.all().getOrDefault(mutant, Tally::store);
        this.patience = StoreMutants.all().containsKey(mutant) ? Duration.ofMillis(500) : right.patience();
    }

    @Override
    public ObjectStore emptyStore() {
        return mutation.apply(right.emptyStore());
    }

    @Override
    public Optional<ObjectStore> fullStore(ByteSize room) {
        return right.fullStore(room).map(mutation);
    }

    @Override
    public Optional<ObjectStore> lostStore() {
        return right.lostStore().map(mutation);
    }

    @Override
    public Optional<ObjectStore> forbiddenStore() {
        return right.forbiddenStore().map(mutation);
    }

    @Override
    public Optional<ObjectStore> deniedStore() {
        return right.deniedStore().map(mutation);
    }

    @Override
    public Optional<ObjectStore> throttledStore() {
        return right.throttledStore().map(mutation);
    }

    @Override
    public Optional<ObjectStore> lostAnswerStore() {
        return right.lostAnswerStore().map(mutation);
    }

    @Override
    public Optional<ObjectStore> silentStore() {
        return right.silentStore().map(mutation);
    }

    @Override
    public Duration patience() {
        return patience;
    }

    @Override
    public Optional<DeleteOutcome.Locked> lock(ObjectStore store, ObjectKey key) {
        return right.lock(((WrongStore) store).right, key);
    }

    @Override
    public boolean hold(ObjectStore store, ObjectKey key) {
        return right.hold(((WrongStore) store).right, key);
    }

    @Override
    public boolean truncate(ObjectStore store, ObjectKey key) {
        ((InMemoryObjectStore) ((WrongStore) store).right).damage(key, Damage.truncate(1 << 20));
        return true;
    }

    @Override
    public ByteSize largestWrite() {
        return right.largestWrite();
    }
}
