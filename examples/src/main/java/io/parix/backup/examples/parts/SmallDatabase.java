package io.parix.backup.examples.parts;

import io.parix.backup.ByteSize;
import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseProfile;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.Shape;
import java.util.List;

/** A small database on this machine, as a control plane would describe it. */
public final class SmallDatabase {
    /** Where it runs. */
    public static final String REGION = "here";

    private SmallDatabase() {}

    /**
     * Describes it.
     *
     * @param id its id
     * @param name its name, by which a restore is confirmed
     * @param provider of the place of its backups
     * @param replicas how many data files it has
     * @param tigerBeetleVersion of what wrote them
     * @return its profile, active
     */
    public static DatabaseProfile profile(
            DatabaseId id, String name, String provider, int replicas, String tigerBeetleVersion) {
        Shape shape = new Shape(
                replicas,
                2,
                ByteSize.gibibytes(8),
                "local-ssd",
                ByteSize.gibibytes(100),
                "private",
                false,
                tigerBeetleVersion);
        return new DatabaseProfile(id, name, DatabaseStatus.ACTIVE, REGION, provider, shape, List.of());
    }
}
