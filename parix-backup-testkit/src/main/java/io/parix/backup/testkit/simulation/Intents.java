package io.parix.backup.testkit.simulation;

import io.parix.backup.core.job.BackupJob;
import io.parix.backup.core.job.Intent;
import io.parix.backup.engine.row.BackupRow;
import io.parix.backup.host.Attempt;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.VolumeSnapshots.VolumeRequest;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Whether backups announce what they make before they make it (spec B6), and commit by their last object (spec C3). */
final class Intents implements Witness {
    private final World world;
    private final Map<String, Intent> announced = new HashMap<>();
    private final Map<String, Integer> attempts = new HashMap<>();
    private final Map<String, Long> fences = new HashMap<>();

    Intents(World world) {
        this.world = world;
    }

    @Override
    public void forgets() {
        attempts.clear();
        fences.clear();
        announced.clear();
    }

    @Override
    public void about(PortCall call) {
        switch (call.name()) {
            case "ObjectStore.putIfAbsent" ->
                putting(call.argument(ObjectKey.class).value());
            case "VolumeSnapshots.request" -> {
                String name = String.valueOf(call.arguments().get(0));
                require(ofItsJob(call), intent -> intent.snapshots().contains(name), "snapshot " + name);
            }
            case "VolumeSnapshots.materialize" -> {
                String name = call.argument(VolumeRequest.class).name();
                require(ofItsJob(call), intent -> intent.volumes().contains(name), "volume " + name);
            }
            case "ReplicaImages.capture" -> {
                Attempt attempt = call.argument(Attempt.class);
                String name = Intent.IMAGES + attempt;
                require(of(attempt.backup().value()), intent -> intent.names().contains(name), name);
            }
            default -> {}
        }
    }

    private void putting(String key) {
        ArchiveObject.of(key)
                .ifPresent(object -> require(
                        of(object.backup().value()),
                        intent -> intent.names().stream().anyMatch(key::startsWith),
                        key));
    }

    private Collection<Intent> ofItsJob(PortCall call) {
        return of(call.argument(CallContext.class).job());
    }

    private Collection<Intent> of(String backup) {
        return Optional.ofNullable(announced.get(backup)).stream().toList();
    }

    private void require(Collection<Intent> among, Predicate<Intent> names, String what) {
        if (among.stream().noneMatch(names)) {
            world.watch().violated(Invariant.INTENT_FIRST, what + " is in no intent");
        }
    }

    @Override
    public void saw(PortCall call, @Nullable Object answer) {
        if (call.name().equals("ObjectStore.putIfAbsent")) {
            put(call.argument(ObjectKey.class).value());
        } else if (answer instanceof JobRecord row && row.kind() == JobKind.BACKUP) {
            row.claimed().ifPresent(claim -> fences.merge(row.id(), claim.fence(), Math::max));
            if (call.name().equals("Catalog.write")
                    && !Objects.equals(attempts.put(row.id(), row.attempt()), row.attempt())) {
                announces(row);
            }
        }
    }

    /** An attempt announces all that it makes when it begins. */
    private void announces(JobRecord row) {
        if (BackupRow.read(row) instanceof BackupJob.Running running) {
            announced.put(row.id(), running.run().intent());
        }
    }

    /** Whoever has lost its lease may still put what it was about to; nobody else puts anything once the manifest is there. */
    private void put(String key) {
        ArchiveObject.of(key)
                .filter(this::isOfTheNewest)
                .map(object -> ArchiveObject.manifest(object.database(), object.backup()))
                .flatMap(manifest -> world.place().stat(manifest, World.CALL))
                .ifPresent(manifest ->
                        world.watch().violated(Invariant.MANIFEST_LAST, key + " was put after the manifest"));
    }

    private boolean isOfTheNewest(ArchiveObject object) {
        return object.fence().orElse(-1) >= fences.getOrDefault(object.backup().value(), Long.MAX_VALUE);
    }
}
