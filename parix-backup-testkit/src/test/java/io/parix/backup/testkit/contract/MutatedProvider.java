package io.parix.backup.testkit.contract;

import io.parix.backup.spi.BackupProvider;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.StorageLocation;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtendWith;

/** The provider suite on a mutant. Not a test of the build: {@link MutantTest} launches it and wants it to fail. */
@ExtendWith(MutantName.class)
final class MutatedProvider implements BackupProviderContract {
    private final InMemoryProviderTest right = new InMemoryProviderTest();
    private final BackupProvider wrong;

    MutatedProvider(String mutant) {
        this.wrong = ProviderMutants.ALL.getOrDefault(mutant, Tally::provider).apply(right.provider());
    }

    @Override
    public BackupProvider provider() {
        return wrong;
    }

    @Override
    public StorageLocation location() {
        return right.location();
    }

    @Override
    public Set<String> requiredSettings() {
        return right.requiredSettings();
    }

    @Override
    public Optional<DeleteOutcome.Locked> lock(ObjectKey key) {
        return right.lock(key);
    }

    @Override
    public boolean discovered() {
        return false;
    }
}
