package io.parix.backup.testkit.contract;

import static io.parix.backup.testkit.contract.HostMutants.withDatabase;

import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.host.HostAnswer;
import io.parix.backup.host.RestoreCall;
import io.parix.backup.testkit.host.InMemoryHost;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Hosts that are wrong about what a step answers, and about the profile and the replicas. */
final class HostStepMutants {
    static final HostMutants MUTANTS = new HostMutants();

    private static final DatabaseId NEIGHBOUR = new DatabaseId("db-10");

    private HostStepMutants() {}

    private static void onlySays(String mutant, String step) {
        MUTANTS.step(mutant, step, (host, call, right) -> HostAnswer.done());
    }

    private static void takesForDone(String mutant, String step) {
        MUTANTS.step(mutant, step, (host, call, right) -> {
            HostAnswer answer = right.ask(host, call);
            return answer instanceof HostAnswer.Failed ? HostAnswer.done() : answer;
        });
    }

    private static void alsoToTheNeighbour(String mutant, String step) {
        MUTANTS.step(mutant, step, (host, call, right) -> {
            var unused = right.ask(host, withDatabase(call, NEIGHBOUR));
            return right.ask(host, call);
        });
    }

    private static void active(InMemoryHost host, RestoreCall call) {
        host.change(call.database(), profile -> InMemoryRestoreHostTest.profile(profile.id()));
    }

    static {
        MUTANTS.step("HST-06 a second swap swaps back", "swap", (host, call, right) -> {
            boolean again = host.keepsOldFiles(call.database());
            return again ? host.swapBack(call) : right.ask(host, call);
        });
        for (String step : new String[] {"move", "start", "release", "fenceRestored", "swapBack", "moveBack"}) {
            MUTANTS.add("HST-06 " + step + " fails where it was done", host -> new WrongHost(host) {
                private final Set<String> done = new HashSet<>();

                @Override
                HostAnswer step(String name, RestoreCall call, DatabaseStatus before) {
                    HostAnswer answer = super.step(name, call, before);
                    return name.equals(step) && !done.add(name) ? HostAnswer.failed("it was done before") : answer;
                }
            });
        }
        MUTANTS.add("HST-07 who comes second fails", host -> new WrongHost(host) {
            private final CyclicBarrier inside = new CyclicBarrier(2);

            @Override
            HostAnswer step(String name, RestoreCall call, DatabaseStatus before) {
                HostAnswer answer = super.step(name, call, before);
                return name.equals("swap") && isSecond(inside) ? HostAnswer.failed("somebody else is at it") : answer;
            }
        });
        MUTANTS.step("HST-08 a reason is not given", "swap", (host, call, right) -> {
            HostAnswer answer = right.ask(host, call);
            return answer instanceof HostAnswer.Pending pending ? HostAnswer.pending(" ", pending.lookAgain()) : answer;
        });
        MUTANTS.step("HST-08 it is worth asking again at once", "fenceOld", (host, call, right) -> {
            HostAnswer answer = right.ask(host, call);
            return answer instanceof HostAnswer.Pending pending
                    ? HostAnswer.pending(pending.reason(), Duration.ZERO)
                    : answer;
        });
        MUTANTS.step(
                "HST-08 a step is under way for ever",
                "release",
                (host, call, right) -> HostAnswer.pending("it is removed", Duration.ofMillis(1)));
        MUTANTS.add("HST-09 a restore may start from nowhere", host -> new WrongHost(host) {
            @Override
            public Set<DatabaseStatus> restorableFrom() {
                return Set.of();
            }
        });
        MUTANTS.add("HST-09 a restore may start while one goes on", host -> new WrongHost(host) {
            @Override
            public Set<DatabaseStatus> restorableFrom() {
                return Set.of(DatabaseStatus.ACTIVE, DatabaseStatus.PROVISIONING);
            }
        });
        profiles();
        replicas();
    }

    /** Whether somebody else came in before this one, shortly. */
    private static boolean isSecond(CyclicBarrier inside) {
        try {
            return inside.await(100, TimeUnit.MILLISECONDS) == 0;
        } catch (Exception e) {
            inside.reset();
            return false;
        }
    }

    private static void profiles() {
        onlySays("HST-10 move only says that it moves", "move");
        alsoToTheNeighbour("HST-10 move moves the neighbour's profile too", "move");
        MUTANTS.step("HST-10 move stops the replicas", "move", (host, call, right) -> {
            var unused = host.fenceOld(call);
            return right.ask(host, call);
        });
        onlySays("HST-14 open leaves the profile", "open");
        MUTANTS.step("HST-14 confirm opens", "confirm", (host, call, right) -> {
            HostAnswer answer = right.ask(host, call);
            active(host, call);
            return answer;
        });
        MUTANTS.step("HST-14 release moves the profile on", "release", (host, call, right) -> {
            var unused = host.move(call);
            return right.ask(host, call);
        });
        MUTANTS.step("HST-16 going back always leads to active", "moveBack", (host, call, right) -> {
            HostAnswer answer = right.ask(host, call);
            active(host, call);
            return answer;
        });
        MUTANTS.step("HST-16 moveBack leaves the old replicas fenced", "moveBack", (host, call, right) -> {
            var unused = right.ask(host, call);
            return host.fenceOld(call);
        });
    }

    private static void replicas() {
        onlySays("HST-11 fenceOld only says that it stops", "fenceOld");
        alsoToTheNeighbour("HST-11 fenceOld stops the neighbour too", "fenceOld");
        takesForDone("HST-11 fenceOld hopes for the best", "fenceOld");
        MUTANTS.step("HST-11 swap starts what it swapped", "swap", (host, call, right) -> {
            var unused = right.ask(host, call);
            return host.start(call);
        });
        onlySays("HST-12 start only says that it starts", "start");
        takesForDone("HST-12 start looks at no file", "start");
        MUTANTS.step("HST-12 start is content with half a swap", "start", (host, call, right) -> {
            HostAnswer answer = right.ask(host, call);
            return host.keepsOldFiles(call.database()) ? HostAnswer.done() : answer;
        });
        takesForDone("HST-13 confirm confirms what was started", "confirm");
        MUTANTS.step("HST-13 confirm gives up by itself", "confirm", (host, call, right) -> {
            HostAnswer answer = right.ask(host, call);
            return answer instanceof HostAnswer.Failed ? backed(host, call, answer) : answer;
        });
        AtomicInteger asked = new AtomicInteger();
        MUTANTS.step(
                "HST-15 fenceRestored looks for what was never started",
                "fenceRestored",
                (host, call, right) -> asked.getAndIncrement() % 2 == 0
                        ? HostAnswer.pending("replica 0 is looked for", Duration.ofMillis(1))
                        : right.ask(host, call));
        onlySays("HST-15 fenceRestored only says that it stops", "fenceRestored");
        alsoToTheNeighbour("HST-15 fenceRestored stops the neighbour too", "fenceRestored");
    }

    private static HostAnswer backed(InMemoryHost host, RestoreCall call, HostAnswer answer) {
        var unused = host.swapBack(call);
        return answer;
    }
}
