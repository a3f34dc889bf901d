package io.parix.backup.testkit.simulation;

import java.util.Optional;
import java.util.function.LongFunction;

/** Runs a seed, in whatever class loader it is loaded, and tells by classes that all of them share. */
public final class SeedProbe implements LongFunction<Optional<String>> {
    @Override
    public Optional<String> apply(long seed) {
        return Simulation.inMemory()
                .run(seed)
                .violation()
                .map(violation -> violation.invariant().name());
    }
}
