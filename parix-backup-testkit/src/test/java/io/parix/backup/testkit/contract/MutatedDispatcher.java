package io.parix.backup.testkit.contract;

import io.parix.backup.engine.dispatch.ThreadDispatcher;
import io.parix.backup.spi.catalog.Dispatcher;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.ExtendWith;

/** The dispatcher suite on a mutant, or on a right one wrapped alike. Not a test of the build: {@link CatalogMutantTest} launches it and wants it to fail. */
@ExtendWith(MutantName.class)
final class MutatedDispatcher implements DispatchContract {
    private final UnaryOperator<Dispatcher> mutation;
    private final Duration patience;

    MutatedDispatcher(String mutant) {
        this.mutation = DispatchMutants.all().getOrDefault(mutant, WrongDispatcher::new);
        this.patience = Duration.ofSeconds(mutant.isEmpty() ? 60 : 2);
    }

    private static Dispatcher threaded() {
        return new ThreadDispatcher(2, Duration.ofMillis(20), InstantSource.system());
    }

    @Override
    public Dispatcher dispatcher() {
        return mutation.apply(threaded());
    }

    @Override
    public Optional<Dispatcher> another(Dispatcher first) {
        return Optional.of(new WrongDispatcher(threaded(), ((WrongDispatcher) first).waiting));
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public Duration patience() {
        return patience;
    }
}
