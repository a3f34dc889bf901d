package io.parix.backup.testkit.simulation;

import io.parix.backup.BackupId;
import io.parix.backup.DatabaseId;
import io.parix.backup.core.job.BackupStep;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.catalog.JobRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether the clean-up of a database stops at a manifest that cannot be read (spec H11). */
final class Restraint implements Witness {
    private static final Pattern OF_BACKUP =
            Pattern.compile(Pattern.quote(World.PREFIX.value()) + "/([^/]+)/(?:segments|backups)/([^/]+)/.+");

    private final World world;

    Restraint(World world) {
        this.world = world;
    }

    @Override
    public void about(PortCall call) {
        if (call.name().equals("ObjectStore.delete")) {
            List<?> keys = call.argument(List.class);
            keys.forEach(key -> deleting(((ObjectKey) key).value()));
        }
    }

    /** What a failed attempt has announced is swept whatever else cannot be read. */
    private void deleting(String key) {
        Matcher object = OF_BACKUP.matcher(key);
        if (!object.matches()) {
            return;
        }
        JobRecord row = world.watch().row(object.group(2));
        if (row != null && row.step().equals(BackupStep.EXPIRING.code())) {
            unread(new DatabaseId(object.group(1)))
                    .ifPresent(kept -> world.watch()
                            .violated(
                                    Invariant.STOPS_AT_WHAT_IT_CANNOT_READ,
                                    key + " goes though the manifest of " + kept + " cannot be read"));
        }
    }

    private Optional<BackupId> unread(DatabaseId database) {
        Set<String> before = world.turn().lost();
        return world.watch().truth().kept(database).stream()
                .filter(kept -> !goes(kept))
                .map(kept -> new BackupId(kept.id()))
                .filter(kept ->
                        before.contains(World.PREFIX.value() + "/" + database + "/backups/" + kept + "/manifest.json"))
                .findFirst();
    }

    /** Whether its own time has come as well: what is not kept any more need not be read. */
    private boolean goes(Truth.Kept backup) {
        Instant soon = world.catalog().now().plus(Past.CLOCKS_DIFFER);
        JobRecord row = world.watch().row(backup.id());
        return world.watch().periods().setting().inForceAt(soon).period().isOver(backup.completedAt(), soon)
                || row == null
                || Succession.isToBeDeleted(row);
    }
}
