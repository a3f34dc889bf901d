package io.parix.backup.engine.restore;

import io.parix.backup.ErrorCode;
import io.parix.backup.core.job.RestoreJob;
import io.parix.backup.host.HostAnswer;
import io.parix.backup.host.RestoreCall;
import io.parix.backup.host.RestoreHost;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * What a step asks of the host, where a yes leads, and how a no is called.
 *
 * @param ask the host's method
 * @param next the state after it is done
 * @param refusal the code of a refusal
 */
record HostMove(Supplier<HostAnswer> ask, Supplier<RestoreJob> next, ErrorCode refusal) {

    /** The move of every running state but staging, which is the engine's own work. */
    static HostMove of(RestoreJob.Running job, RestoreHost host, RestoreCall call, Instant now) {
        if (job instanceof RestoreJob.Moving s) {
            return move(() -> host.move(call), s::moved);
        }
        if (job instanceof RestoreJob.FencingOld s) {
            return new HostMove(() -> host.fenceOld(call), s::fenced, ErrorCode.FENCE_NOT_CONFIRMED);
        }
        if (job instanceof RestoreJob.Swapping s) {
            return move(() -> host.swap(call), s::swapped);
        }
        if (job instanceof RestoreJob.Starting s) {
            return move(() -> host.start(call), s::started);
        }
        if (job instanceof RestoreJob.Confirming s) {
            return move(() -> host.confirm(call), s::confirmed);
        }
        if (job instanceof RestoreJob.Opening s) {
            return move(() -> host.open(call), s::opened);
        }
        if (job instanceof RestoreJob.Releasing s) {
            return move(() -> host.release(call), () -> s.released(now));
        }
        return back(job, host, call);
    }

    private static HostMove back(RestoreJob.Running job, RestoreHost host, RestoreCall call) {
        if (job instanceof RestoreJob.UndoFencing s) {
            return new HostMove(() -> host.fenceRestored(call), s::fenced, ErrorCode.FENCE_NOT_CONFIRMED);
        }
        if (job instanceof RestoreJob.UndoSwapping s) {
            return move(() -> host.swapBack(call), s::swappedBack);
        }
        if (job instanceof RestoreJob.UndoMoving s) {
            return move(() -> host.moveBack(call, s.run().statusBefore()), s::movedBack);
        }
        throw new IllegalStateException("No host move for step " + job.step());
    }

    private static HostMove move(Supplier<HostAnswer> ask, Supplier<RestoreJob> next) {
        return new HostMove(ask, next, ErrorCode.HOST_FAILED);
    }
}
