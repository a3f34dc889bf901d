package io.parix.backup.provider.local.story;

import io.parix.backup.DatabaseStatus;
import io.parix.backup.host.HostAnswer;
import io.parix.backup.host.RestoreCall;
import io.parix.backup.provider.local.cluster.ClusterControl;

/** A cluster that starts and never works. */
record NoQuorum(ClusterControl files) implements ClusterControl {
    @Override
    public HostAnswer profile(RestoreCall call, DatabaseStatus status) {
        return files.profile(call, status);
    }

    @Override
    public HostAnswer stop(RestoreCall call) {
        return files.stop(call);
    }

    @Override
    public HostAnswer start(RestoreCall call) {
        return files.start(call);
    }

    @Override
    public HostAnswer confirm(RestoreCall call) {
        return HostAnswer.failed("no quorum");
    }

    @Override
    public HostAnswer open(RestoreCall call) {
        return files.open(call);
    }

    @Override
    public HostAnswer resume(RestoreCall call) {
        return files.resume(call);
    }
}
