package io.parix.backup.testkit.simulation;

import io.parix.backup.BackupId;
import io.parix.backup.DatabaseId;
import io.parix.backup.core.job.BackupStep;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether the clean-up of a database stops at a manifest that cannot be read (spec H11). */
final class Restraint implements Witness {
    private final World world;

    Restraint(World world) {
        this.world = world;
    }

    @Override
    public void about(PortCall call) {
        if (call.name().equals("ObjectStore.delete") && isOfACleanUp(call.argument(CallContext.class))) {
            List<?> keys = call.argument(List.class);
            keys.forEach(key -> deleting(((ObjectKey) key).value()));
        }
    }

    private boolean isOfACleanUp(CallContext context) {
        JobRecord row = world.watch().row(context.job());
        return row != null && row.kind() == JobKind.CLEAN_UP;
    }

    /** What a failed attempt has announced is swept whatever else cannot be read. */
    private void deleting(String key) {
        ArchiveObject.of(key)
                .filter(object -> isExpiring(world.watch().row(object.backup().value())))
                .flatMap(object -> unread(object.database()))
                .ifPresent(kept -> world.watch()
                        .violated(
                                Invariant.STOPS_AT_WHAT_IT_CANNOT_READ,
                                key + " goes though the manifest of " + kept + " cannot be read"));
    }

    private static boolean isExpiring(@Nullable JobRecord row) {
        return row != null && row.step().equals(BackupStep.EXPIRING.code());
    }

    /** A backup that was kept when the clean-up began to look, of which the manifest was lost by then, and still is. */
    private Optional<BackupId> unread(DatabaseId database) {
        Turn turn = world.turn();
        return world.watch().truth().kept(database).stream()
                .filter(kept -> turn.kept().contains(kept.id()) && !goes(kept, turn))
                .map(kept -> new BackupId(kept.id()))
                .filter(kept -> turn.lost()
                        .contains(ArchiveObject.manifest(database, kept).value()))
                .filter(kept -> !world.watch().audit().reads(database, kept))
                .findFirst();
    }

    /** Whether its own time has come as well, then or since: what is not kept any more need not be read. */
    private boolean goes(Truth.Kept backup, Turn turn) {
        Instant soon = world.catalog().now().plus(Past.CLOCKS_DIFFER);
        JobRecord row = world.watch().row(backup.id());
        return Stream.of(turn.setting(), world.watch().periods().setting())
                        .anyMatch(setting -> setting.inForceAt(soon).period().isOver(backup.completedAt(), soon))
                || row == null
                || Succession.isToBeDeleted(row);
    }
}
