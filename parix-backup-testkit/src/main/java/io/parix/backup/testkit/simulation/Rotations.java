package io.parix.backup.testkit.simulation;

import io.parix.backup.BackupId;
import io.parix.backup.DatabaseId;
import io.parix.backup.FailedException;
import io.parix.backup.archive.manifest.Manifest;
import io.parix.backup.archive.manifest.ManifestStore;
import io.parix.backup.archive.segment.ArchiveKeys;
import io.parix.backup.archive.segment.ArchivePlace;
import io.parix.backup.testkit.host.InMemoryKeys;
import java.util.ArrayDeque;
import java.util.Deque;

/** What a host does with the keys that its backups are sealed under (spec C13): rotates them, stops sealing, destroys an old one. */
final class Rotations {
    private final World world;
    private final Deque<String> before = new ArrayDeque<>();

    Rotations(World world) {
        this.world = world;
    }

    void act() {
        InMemoryKeys keys = world.keyring();
        switch (world.choices().among(6)) {
            case 0 -> {
                world.happens("host seals no more", "");
                keys.stop();
            }
            case 1 -> destroyOldest();
            default -> {
                world.happens("host rotates its keys", "");
                before.add(keys.rotate());
            }
        }
    }

    /** Never the one in use, and never while a job is under way, which would complete with a key that is gone. */
    private void destroyOldest() {
        boolean quiet = world.databases().stream()
                .allMatch(database -> world.catalog().occupant(database).isEmpty());
        if (quiet && before.size() > 1) {
            String lost = before.remove();
            world.happens("host destroys a key", lost);
            world.keyring().lose(lost);
            world.databases().forEach(database -> forget(database, lost));
        }
    }

    /** What needs the key is as good as gone. */
    private void forget(DatabaseId database, String lost) {
        ArchiveKeys names = new ArchiveKeys(World.PREFIX, database);
        ManifestStore manifests =
                new ManifestStore(new ArchivePlace(world.place(), names, world.keyring()), World.CALL);
        for (BackupId backup : manifests.backups()) {
            try {
                Manifest manifest = manifests.read(backup).manifest();
                if (manifest.keys().stream().anyMatch(each -> each.key().id().equals(lost))) {
                    manifest.replicas().stream()
                            .flatMap(replica -> replica.index().stream())
                            .forEach(index -> world.watch()
                                    .truth()
                                    .lose(names.resolve(index.name()).value()));
                }
            } catch (FailedException e) {
                world.note("a damaged manifest tells no key: " + backup);
            }
        }
    }
}
