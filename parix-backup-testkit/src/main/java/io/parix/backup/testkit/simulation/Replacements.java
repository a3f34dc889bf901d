package io.parix.backup.testkit.simulation;

import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.host.HostAnswer;
import io.parix.backup.host.RestoreCall;
import io.parix.backup.host.RestoreHost;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a restore puts back what its backup holds, while nothing runs and nobody is served, or all as it was (spec F3, F4, F5, F7). */
final class Replacements implements Witness {
    private final World world;
    private boolean ranBefore;

    Replacements(World world) {
        this.world = world;
    }

    @Override
    public void about(PortCall call) {
        if (call.name().equals("RestoreHost.swap")) {
            ranBefore = world.host().running(call.argument(RestoreCall.class).database());
        }
    }

    @Override
    public void saw(PortCall call, @Nullable Object answer) {
        if (call.port() == RestoreHost.class && answer instanceof HostAnswer.Done) {
            world.past().look(call.argument(RestoreCall.class).database());
            moved(call);
        }
    }

    private void moved(PortCall call) {
        Truth truth = world.watch().truth();
        RestoreCall restore = call.argument(RestoreCall.class);
        List<byte[]> live = world.host().files(restore.database());
        String what = restore.restore() + " of backup " + restore.backup() + " to " + restore.database();
        String step = call.method().getName();
        require(!step.equals("swap") || !ranBefore, Invariant.FENCED_FIRST, what);
        switch (step) {
            case "swap", "start", "open" -> {
                require(
                        !step.equals("swap") || isBeingReplaced(restore.database()),
                        Invariant.REPLACED_OUT_OF_SERVICE,
                        what);
                require(
                        truth.usedBy(restore.restore().value())
                                .or(() -> truth.kept(restore.backup().value()))
                                .map(kept -> Truth.same(live, kept.files()))
                                .orElse(true),
                        Invariant.RESTORED_WHOLE,
                        call.name() + " by " + what);
            }
            case "moveBack" ->
                require(
                        truth.before(restore.database())
                                .map(files -> Truth.same(live, files))
                                .orElse(true),
                        Invariant.UNDONE_WHOLE,
                        what);
            default -> world.coverage().meet("done " + call.name());
        }
    }

    private boolean isBeingReplaced(DatabaseId database) {
        return world.host().look(database) instanceof DatabaseFacts.Live live
                && live.profile().status().equals(DatabaseStatus.PROVISIONING);
    }

    private void require(boolean holds, Invariant invariant, String detail) {
        if (!holds) {
            world.watch().violated(invariant, detail);
        }
    }
}
