package io.parix.backup.provider.local.cluster;

import io.parix.backup.DatabaseId;
import io.parix.backup.InvalidRequestException;
import io.parix.backup.Printable;
import java.nio.file.Path;

/**
 * Where a cluster's data files lie, as {@code <cluster>_<index>.tigerbeetle}.
 *
 * @param database the database that the cluster is
 * @param directory an absolute path; it may hold other files, which are never touched
 * @param cluster the cluster id as the files' names have it, a decimal number
 * @param replicas how many replicas it has, 1 to 6
 */
public record ClusterPlace(DatabaseId database, Path directory, String cluster, int replicas) {
    /** Refuses what could name a file elsewhere. */
    public ClusterPlace {
        if (!cluster.matches("[0-9]{1,39}")) {
            throw InvalidRequestException.of(
                    "cluster id", Printable.quote(cluster), "it must be a decimal number of 1 to 39 digits");
        }
        if (replicas < 1 || replicas > 6) {
            throw InvalidRequestException.of("cluster", "of " + replicas, "a cluster has 1 to 6 replicas");
        }
        if (!directory.isAbsolute()) {
            throw InvalidRequestException.of(
                    "directory", Printable.quote(directory.toString()), "it must be an absolute path");
        }
    }

    /** {@return the name of a replica's data file} */
    String fileName(int replica) {
        return cluster + "_" + replica + ".tigerbeetle";
    }

    /** {@return the live data file of a replica} */
    Path live(int replica) {
        return directory.resolve(fileName(replica));
    }
}
