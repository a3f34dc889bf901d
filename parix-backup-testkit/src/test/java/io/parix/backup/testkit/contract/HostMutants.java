package io.parix.backup.testkit.contract;

import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.host.HostAnswer;
import io.parix.backup.host.RestoreCall;
import io.parix.backup.host.Staging;
import io.parix.backup.testkit.host.InMemoryHost;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Restore hosts that are wrong on purpose, by what they do. */
final class HostMutants {
    private final Map<String, Function<InMemoryHost, WrongHost>> byName = new LinkedHashMap<>();

    /** {@return every wrong host there is} */
    static Map<String, Function<InMemoryHost, WrongHost>> all() {
        Map<String, Function<InMemoryHost, WrongHost>> all = new LinkedHashMap<>();
        all.putAll(TokenMutants.MUTANTS.byName);
        all.putAll(HostStepMutants.MUTANTS.byName);
        all.putAll(StagingMutants.MUTANTS.byName);
        all.putAll(SwapMutants.MUTANTS.byName);
        return all;
    }

    void add(String name, Function<InMemoryHost, WrongHost> wrong) {
        byName.put(name, wrong);
    }

    /** How a step goes wrong. */
    @FunctionalInterface
    interface WrongStep {
        HostAnswer step(InMemoryHost host, RestoreCall call, HostTrial.Step right);
    }

    /** How staging goes wrong. */
    @FunctionalInterface
    interface WrongStage {
        Staging stage(InMemoryHost host, RestoreCall call, int replicas) throws IOException;
    }

    /** Does one step wrong. */
    void step(String mutant, String which, WrongStep wrong) {
        byName.put(mutant, host -> new WrongHost(host) {
            @Override
            HostAnswer step(String name, RestoreCall call, DatabaseStatus before) {
                return name.equals(which)
                        ? wrong.step(right, call, (to, by) -> super.step(name, by, before))
                        : super.step(name, call, before);
            }
        });
    }

    /** Stages wrong. */
    void stage(String mutant, WrongStage wrong) {
        byName.put(mutant, host -> new WrongHost(host) {
            @Override
            public Staging stage(RestoreCall call, int replicas) throws IOException {
                return wrong.stage(right, call, replicas);
            }
        });
    }

    /** Takes each call for another one. */
    void taking(String mutant, Function<RestoreCall, RestoreCall> other) {
        byName.put(mutant, host -> new WrongHost(host) {
            @Override
            HostAnswer step(String name, RestoreCall call, DatabaseStatus before) {
                return super.step(name, other.apply(call), before);
            }

            @Override
            public Staging stage(RestoreCall call, int replicas) throws IOException {
                return super.stage(other.apply(call), replicas);
            }
        });
    }

    static RestoreCall withFence(RestoreCall call, long fence) {
        return new RestoreCall(call.database(), call.restore(), call.backup(), call.manifestDigest(), fence);
    }

    static RestoreCall withDatabase(RestoreCall call, DatabaseId database) {
        return new RestoreCall(database, call.restore(), call.backup(), call.manifestDigest(), call.fence());
    }
}
