package io.parix.backup.provider.local.cluster;

import io.parix.backup.DatabaseStatus;
import io.parix.backup.host.HostAnswer;
import io.parix.backup.host.RestoreCall;
import java.util.function.BiFunction;

/** There are no processes, so each is stopped, started and well. */
record FilesOnly(BiFunction<RestoreCall, DatabaseStatus, HostAnswer> move) implements ClusterControl {
    @Override
    public HostAnswer profile(RestoreCall call, DatabaseStatus status) {
        return move.apply(call, status);
    }

    @Override
    public HostAnswer stop(RestoreCall call) {
        return HostAnswer.done();
    }

    @Override
    public HostAnswer start(RestoreCall call) {
        return HostAnswer.done();
    }

    @Override
    public HostAnswer confirm(RestoreCall call) {
        return HostAnswer.done();
    }

    @Override
    public HostAnswer open(RestoreCall call) {
        return HostAnswer.done();
    }

    @Override
    public HostAnswer resume(RestoreCall call) {
        return HostAnswer.done();
    }
}
