package io.parix.backup.testkit.contract;

import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.testkit.catalog.InMemoryCatalog;
import io.parix.backup.testkit.engine.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.ExtendWith;

/** The catalog suite on a mutant, or on a right one wrapped alike. Not a test of the build: {@link CatalogMutantTest} launches it and wants it to fail. */
@ExtendWith(MutantName.class)
final class MutatedCatalog implements CatalogContract {
    private final VirtualClock clock = new VirtualClock(Instant.parse("2026-11-23T09:00:00.123456789Z"));
    private final UnaryOperator<Catalog> mutation;

    MutatedCatalog(String mutant) {
        this.mutation = CatalogMutants.all().getOrDefault(mutant, WrongCatalog::new);
    }

    @Override
    public Catalog emptyCatalog() {
        return mutation.apply(new InMemoryCatalog(clock));
    }

    @Override
    public Catalog again(Catalog catalog) {
        return catalog;
    }

    @Override
    public void elapse(Catalog catalog, Duration time) {
        clock.advance(time);
    }
}
