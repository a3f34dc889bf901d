package io.parix.backup.testkit.simulation;

import io.parix.backup.DatabaseId;
import io.parix.backup.spi.catalog.JobRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which runs of schedules have begun (spec G4). A schedule knows which dates it has had, and where it was removed the backups of its runs
 * do: whoever sets it anew on a date of which the backup is gone, deleted or past its age, has another one.
 */
final class Runs {
    private final List<Begun> begun = new ArrayList<>();
    private final Set<String> gone = new HashSet<>();
    private final Set<String> ofNoSchedule = new HashSet<>();

    private record Begun(DatabaseId database, String run, String backup) {}

    /** Whether it is the first of its kind. */
    boolean begin(String run, JobRecord row) {
        boolean first = begun.stream()
                .noneMatch(each ->
                        each.database().equals(row.database()) && each.run().equals(run));
        begun.add(new Begun(row.database(), run, row.id()));
        return first;
    }

    /** The schedule of a database is no more. */
    void unscheduled(DatabaseId database) {
        begun.stream()
                .filter(each -> each.database().equals(database))
                .forEach(each -> ofNoSchedule.add(each.backup()));
        forget();
    }

    /** The row of a backup is no more. */
    void removed(JobRecord row) {
        gone.add(row.id());
        if (Succession.isToBeDeleted(row)) {
            ofNoSchedule.add(row.id());
        }
        forget();
    }

    /** A new catalog knows of no run, and may have one of the same date. */
    void forgetAll() {
        begun.clear();
    }

    private void forget() {
        begun.removeIf(each -> gone.contains(each.backup()) && ofNoSchedule.contains(each.backup()));
    }
}
