package io.parix.backup.provider.local;

import io.parix.backup.provider.local.disk.Disk;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ProviderException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Deletes objects. An object counts as deleted once that has reached the disk: one that came back after a power failure
 * would belong to nobody. Directories stay, so that a writer never loses one from under its feet.
 */
final class LocalRemover {
    private final LocalTree tree;
    private final Disk disk;

    LocalRemover(LocalTree tree, Disk disk) {
        this.tree = tree;
        this.disk = disk;
    }

    Map<ObjectKey, DeleteOutcome> delete(List<ObjectKey> keys, Deadline deadline) {
        Map<ObjectKey, DeleteOutcome> outcomes = new LinkedHashMap<>();
        for (ObjectKey key : keys) {
            outcomes.computeIfAbsent(key, k -> unlink(k, deadline));
        }
        if (outcomes.values().stream().anyMatch(o -> o instanceof DeleteOutcome.Absent)) {
            tree.require(deadline.doing());
        }
        force(outcomes);
        return outcomes;
    }

    private DeleteOutcome unlink(ObjectKey key, Deadline deadline) {
        try {
            deadline.check();
            Optional<BasicFileAttributes> found = tree.find(key.value()).filter(BasicFileAttributes::isRegularFile);
            if (found.isEmpty()) {
                return new DeleteOutcome.Absent();
            }
            disk.unlink(tree.resolve(key.value()));
            return new DeleteOutcome.Deleted();
        } catch (NoSuchFileException e) {
            return new DeleteOutcome.Absent();
        } catch (ProviderException e) {
            return new DeleteOutcome.Failed(e.kind(), String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return new DeleteOutcome.Failed(LocalErrors.kindOf(e), "Failed deleting " + key + ": " + e + ".");
        }
    }

    private void force(Map<ObjectKey, DeleteOutcome> outcomes) {
        Map<Path, Optional<IOException>> forced = new LinkedHashMap<>();
        outcomes.replaceAll((key, outcome) -> {
            if (!(outcome instanceof DeleteOutcome.Deleted)) {
                return outcome;
            }
            Path directory = LocalObjectStore.parent(tree.resolve(key.value()));
            return forced.computeIfAbsent(directory, this::force)
                    .<DeleteOutcome>map(e -> new DeleteOutcome.Failed(
                            ErrorKind.OUTCOME_UNKNOWN,
                            "Deleted " + key + ", but whether that has reached the disk cannot be told: " + e + "."))
                    .orElse(outcome);
        });
    }

    private Optional<IOException> force(Path directory) {
        try {
            disk.forceDirectory(directory);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e);
        }
    }
}
