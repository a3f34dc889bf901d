package io.parix.backup.provider.local.cluster;

import io.parix.backup.DatabaseStatus;
import io.parix.backup.host.HostAnswer;
import io.parix.backup.host.RestoreCall;
import java.util.function.BiFunction;

/**
 * What a restore does to a cluster beside its files: the processes and the profile. Every method is idempotent, may be
 * repeated after a crash, and answers {@link HostAnswer.Pending} instead of waiting.
 */
public interface ClusterControl {
    /**
     * Moves the database's profile.
     *
     * @param call whose restore this is
     * @param status the status to have
     * @return the answer
     */
    HostAnswer profile(RestoreCall call, DatabaseStatus status);

    /**
     * Stops all replicas and makes sure that they cannot start again before {@link #start} or {@link #resume}.
     *
     * @param call whose restore this is
     * @return done only when it is confirmed
     */
    HostAnswer stop(RestoreCall call);

    /**
     * Starts all restored replicas together, closed to traffic.
     *
     * @param call whose restore this is
     * @return the answer
     */
    HostAnswer start(RestoreCall call);

    /**
     * Asks whether the restored cluster works.
     *
     * @param call whose restore this is
     * @return done when it does
     */
    HostAnswer confirm(RestoreCall call);

    /**
     * Opens the restored cluster to traffic.
     *
     * @param call whose restore this is
     * @return the answer
     */
    HostAnswer open(RestoreCall call);

    /**
     * Going back: starts the old replicas where they were stopped, open to traffic.
     *
     * @param call whose restore this is
     * @return the answer
     */
    HostAnswer resume(RestoreCall call);

    /**
     * The control of a cluster that nobody runs: only its files are replaced.
     *
     * @param profile moves the profile, see {@link #profile}
     * @return a control for which every other step is done at once
     */
    static ClusterControl filesOnly(BiFunction<RestoreCall, DatabaseStatus, HostAnswer> profile) {
        return new FilesOnly(profile);
    }
}
