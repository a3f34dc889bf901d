package io.parix.backup.host;

import io.parix.backup.DatabaseStatus;
import java.io.IOException;
import java.util.Set;

/**
 * What a host does of a restore (spec F3 to F7). The engine decides when, the host knows how.
 *
 * <p>Forward order: {@link #move}, {@link #stage}, {@link #fenceOld}, {@link #swap}, {@link #start}, {@link #confirm},
 * {@link #open}, {@link #release}. Until {@link #open} a restore may go back: {@link #fenceRestored}, {@link #swapBack},
 * {@link #moveBack}, which starts the old replicas. Every method is idempotent and may be repeated by another process
 * after a crash at any instant; every one refuses a fencing token lower than the highest seen for the database, with
 * {@link StaleFenceException}, and a database that it does not have. Long work answers {@link HostAnswer.Pending} and holds no thread.
 *
 * <p>{@code docs/host-ports.md} numbers what a host must do, and {@code RestoreHostContract} of the testkit tests it.
 */
public interface RestoreHost {
    /**
     * Says when a restore may start. An exception counts as not being able to tell: none may.
     *
     * @return the statuses from which a restore may start; {@code active} unless the host says otherwise
     */
    default Set<DatabaseStatus> restorableFrom() {
        return Set.of(DatabaseStatus.ACTIVE);
    }

    /**
     * Moves the profile to {@code provisioning}. The live replicas go on serving.
     *
     * @param call whose restore this is
     * @return the answer
     */
    HostAnswer move(RestoreCall call);

    /**
     * Opens the staging place beside the live files, keyed by backup and manifest digest, so that a repeated restore
     * continues what was staged. A file that an overtaken worker still has open must not change a live one once it is swapped in.
     *
     * @param call whose restore this is
     * @param replicas how many replica files will be staged
     * @return the place; the engine closes it
     * @throws IOException when there is none
     */
    Staging stage(RestoreCall call, int replicas) throws IOException;

    /**
     * Stops the old replicas and makes sure that they cannot start again.
     *
     * @param call whose restore this is
     * @return done only when it is confirmed; a restored cluster has the same cluster id (spec F7)
     */
    HostAnswer fenceOld(RestoreCall call);

    /**
     * Swaps the staged files in and keeps the old ones as they are now, for this restore. There is no moment at which a replica has no
     * file. After a crash in the middle a repetition finishes it. Failed, and nothing swapped, where a file is not staged or empty.
     *
     * @param call whose restore this is
     * @return the answer
     */
    HostAnswer swap(RestoreCall call);

    /**
     * Starts all restored replicas together, closed to traffic, and none before all are in place: starting order alone
     * can lose transfers (spec F7).
     *
     * @param call whose restore this is
     * @return the answer; failed where not all are in place
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
     * Opens the cluster to traffic and moves the profile to {@code active}. From here there is no way back.
     *
     * @param call whose restore this is
     * @return the answer
     */
    HostAnswer open(RestoreCall call);

    /**
     * Lets go of the restore's old files and of the staging place. There is nothing to go back to then: {@link #swapBack} changes no file.
     *
     * @param call whose restore this is
     * @return the answer
     */
    HostAnswer release(RestoreCall call);

    /**
     * Going back: stops the restored replicas and makes sure that they cannot start again. Done at once where none was
     * started.
     *
     * @param call whose restore this is
     * @return done only when it is confirmed
     */
    HostAnswer fenceRestored(RestoreCall call);

    /**
     * Going back: puts the old files in their place again, from any state that {@link #swap} can leave, and removes
     * what was staged. Done, and nothing changed, where nothing was swapped.
     *
     * @param call whose restore this is
     * @return the answer
     */
    HostAnswer swapBack(RestoreCall call);

    /**
     * Going back: lifts the fence of the old replicas, starts them where they were stopped, and moves the profile back. What is staged stays
     * for the next restore of the backup, unless {@link #swapBack} removed it.
     *
     * @param call whose restore this is
     * @param statusBefore the status that the restore began from
     * @return the answer
     */
    HostAnswer moveBack(RestoreCall call, DatabaseStatus statusBefore);
}
