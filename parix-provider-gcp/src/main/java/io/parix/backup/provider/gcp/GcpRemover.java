package io.parix.backup.provider.gcp;

import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.Storage.BlobSourceOption;
import com.google.cloud.storage.StorageBatch;
import com.google.cloud.storage.StorageBatchResult;
import com.google.cloud.storage.StorageException;
import io.parix.backup.provider.gcp.GenerationScan.Generation;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ProviderException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Deletes every generation of an object by its number: <em>deleted</em> means that nothing reads it any more by any name. A plain
 * deletion in a bucket with versions only makes the live one noncurrent. For one call.
 */
final class GcpRemover {
    /** The most deletions of one request ("Batch requests"). */
    static final int MOST_IN_BATCH = 100;

    private final GcpPlace place;
    private final GcpCall call;
    private final Map<ObjectKey, DeleteOutcome> outcomes = new TreeMap<>();
    private @Nullable ProviderException failure;

    GcpRemover(GcpPlace place, GcpCall call) {
        this.place = place;
        this.call = call;
    }

    Map<ObjectKey, DeleteOutcome> delete(List<ObjectKey> keys) {
        if (keys.isEmpty()) {
            return Map.of();
        }
        GenerationScan scan = new GenerationScan(new GcpListing(place), new TreeSet<>(keys));
        scan.run(call);
        keys.forEach(key -> outcomes.put(key, scan.hasReached(key) ? new DeleteOutcome.Absent() : unreached()));
        List<Generation> found = scan.found();
        for (int from = 0; from < found.size(); from += MOST_IN_BATCH) {
            remove(found.subList(from, Math.min(found.size(), from + MOST_IN_BATCH)));
        }
        if (failure != null && outcomes.values().stream().allMatch(DeleteOutcome.Failed.class::isInstance)) {
            throw failure;
        }
        return Map.copyOf(outcomes);
    }

    private static DeleteOutcome unreached() {
        return new DeleteOutcome.Failed(
                ErrorKind.UNAVAILABLE, "There are more versions than one call removes; the next call goes on.");
    }

    private void remove(List<Generation> batch) {
        Map<Generation, StorageBatchResult<Boolean>> results = new HashMap<>();
        ProviderException broken = null;
        try {
            place.change(call, () -> submit(batch, results));
        } catch (ProviderException e) {
            broken = e;
            failure = e;
        }
        for (Generation each : batch) {
            outcomes.merge(each.key(), outcome(each, results.get(each), broken), GcpRemover::worse);
        }
    }

    private StorageBatch submit(List<Generation> batch, Map<Generation, StorageBatchResult<Boolean>> results) {
        String userProject = place.config().bucket().userProject();
        BlobSourceOption[] options = userProject == null
                ? new BlobSourceOption[0]
                : new BlobSourceOption[] {BlobSourceOption.userProject(userProject)};
        StorageBatch request = place.storage().batch();
        batch.forEach(each -> results.put(
                each,
                request.delete(
                        BlobId.of(place.config().bucket().name(), each.key().value(), each.number()), options)));
        request.submit();
        return request;
    }

    private DeleteOutcome outcome(
            Generation generation, @Nullable StorageBatchResult<Boolean> result, @Nullable ProviderException broken) {
        if (result != null && result.completed()) {
            try {
                // What is not there any more somebody else has removed.
                return result.get() ? new DeleteOutcome.Deleted() : new DeleteOutcome.Absent();
            } catch (StorageException e) {
                return refused(generation, e);
            }
        }
        return broken == null
                ? new DeleteOutcome.Failed(
                        ErrorKind.OUTCOME_UNKNOWN, "Cloud Storage did not say what became of " + generation.key() + ".")
                : new DeleteOutcome.Failed(broken.kind(), String.valueOf(broken.getMessage()));
    }

    /** The answer says that it is locked, the listing until when. */
    private DeleteOutcome refused(Generation generation, StorageException e) {
        ProviderException error = place.errors().ofPart(call, e);
        Instant retained = generation.retained();
        boolean isRetained = retained != null && retained.isAfter(place.clock().instant());
        boolean refused = error.kind() == ErrorKind.LOCKED || error.kind() == ErrorKind.DENIED;
        if (refused && generation.held()) {
            return new DeleteOutcome.Locked(null);
        }
        if (refused && isRetained) {
            return new DeleteOutcome.Locked(retained);
        }
        return error.kind() == ErrorKind.LOCKED
                ? new DeleteOutcome.Locked(null)
                : new DeleteOutcome.Failed(error.kind(), String.valueOf(error.getMessage()));
    }

    /** Of the generations of a key the one that is hardest to remove says how the key fares. */
    private static DeleteOutcome worse(DeleteOutcome one, DeleteOutcome other) {
        if (one instanceof DeleteOutcome.Locked first && other instanceof DeleteOutcome.Locked second) {
            Instant none = Instant.MAX;
            return first.end().orElse(none).isAfter(second.end().orElse(none)) ? first : second;
        }
        return rank(one) >= rank(other) ? one : other;
    }

    private static int rank(DeleteOutcome outcome) {
        if (outcome instanceof DeleteOutcome.Locked) {
            return 3;
        }
        if (outcome instanceof DeleteOutcome.Failed) {
            return 2;
        }
        return outcome instanceof DeleteOutcome.Deleted ? 1 : 0;
    }
}
