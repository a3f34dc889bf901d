package io.parix.backup.provider.aws;

import io.parix.backup.Printable;
import io.parix.backup.provider.aws.VersionScan.Version;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;

/**
 * Deletes every version of an object by its id: <em>deleted</em> means that its bytes are gone. A plain deletion in a bucket
 * with versions only hides them, of a locked object too, and says of a key that never was that it was deleted. For one call.
 */
final class AwsRemover {
    private final AwsPlace place;
    private final AwsCall call;
    private final AwsLocks locks;
    private final Map<ObjectKey, DeleteOutcome> outcomes = new TreeMap<>();
    private boolean versioned = true;
    private @Nullable ProviderException failure;

    AwsRemover(AwsPlace place, AwsCall call) {
        this.place = place;
        this.call = call;
        this.locks = new AwsLocks(place, call);
    }

    Map<ObjectKey, DeleteOutcome> delete(List<ObjectKey> keys) {
        if (keys.isEmpty()) {
            return Map.of();
        }
        VersionScan found = new VersionScan(place, new TreeSet<>(keys));
        found.run(call);
        versioned = found.isVersioned();
        keys.forEach(key -> outcomes.put(key, found.hasReached(key) ? new DeleteOutcome.Absent() : unreached()));
        inBatches(found.objects(), this::removeObjects);
        // A marker goes after its object: what is left of one without its marker would be seen again.
        inBatches(
                found.markers().stream()
                        .filter(marker -> rank(outcomes.get(marker.key())) <= rank(new DeleteOutcome.Deleted()))
                        .toList(),
                this::removeMarkers);
        if (failure != null && outcomes.values().stream().allMatch(DeleteOutcome.Failed.class::isInstance)) {
            throw failure;
        }
        return Map.copyOf(outcomes);
    }

    private static DeleteOutcome unreached() {
        return new DeleteOutcome.Failed(
                ErrorKind.UNAVAILABLE, "There are more versions than one call removes; the next call goes on.");
    }

    private static void inBatches(List<Version> versions, Consumer<List<Version>> work) {
        for (int from = 0; from < versions.size(); from += ObjectStore.MAX_DELETE) {
            work.accept(versions.subList(from, Math.min(versions.size(), from + ObjectStore.MAX_DELETE)));
        }
    }

    private void removeObjects(List<Version> batch) {
        remove(batch).forEach((version, outcome) -> outcomes.merge(version.key(), outcome, AwsRemover::worse));
    }

    /** A marker that is gone is no object that was there. */
    private void removeMarkers(List<Version> batch) {
        remove(batch).forEach((version, outcome) -> {
            if (!(outcome instanceof DeleteOutcome.Deleted)) {
                outcomes.merge(version.key(), outcome, AwsRemover::worse);
            }
        });
    }

    private Map<Version, DeleteOutcome> remove(List<Version> batch) {
        try {
            DeleteObjectsResponse answer = ask(batch);
            Set<Version> deleted = answer.deleted().stream()
                    .flatMap(each -> named(each.key(), each.versionId()).stream())
                    .collect(Collectors.toSet());
            Map<Version, S3Error> refused = new HashMap<>();
            answer.errors()
                    .forEach(each -> named(each.key(), each.versionId())
                            .ifPresent(version -> refused.putIfAbsent(version, each)));
            return batch.stream()
                    .collect(Collectors.toMap(
                            each -> each,
                            each -> deleted.contains(each)
                                    ? new DeleteOutcome.Deleted()
                                    : refused(each, refused.get(each)),
                            (first, second) -> first));
        } catch (ProviderException e) {
            failure = e;
            DeleteOutcome failed = new DeleteOutcome.Failed(e.kind(), String.valueOf(e.getMessage()));
            return batch.stream().collect(Collectors.toMap(each -> each, each -> failed, (first, second) -> first));
        }
    }

    private static Optional<Version> named(@Nullable String key, @Nullable String id) {
        return AwsListing.keyOf(key).map(known -> new Version(known, String.valueOf(id)));
    }

    private DeleteObjectsResponse ask(List<Version> batch) {
        Delete what = Delete.builder()
                .objects(batch.stream()
                        .map(each -> ObjectIdentifier.builder()
                                .key(each.key().value())
                                .versionId(versioned ? each.id() : null)
                                .build())
                        .toList())
                .build();
        DeleteObjectsRequest request = DeleteObjectsRequest.builder()
                .bucket(place.config().bucket().name())
                .expectedBucketOwner(place.config().bucket().owner())
                .delete(what)
                .overrideConfiguration(call.limits())
                .build();
        try {
            return place.s3().deleteObjects(request);
        } catch (RuntimeException e) {
            throw place.errors().ofSent(call, e);
        }
    }

    private DeleteOutcome refused(Version version, @Nullable S3Error error) {
        if (error == null) {
            return new DeleteOutcome.Failed(
                    ErrorKind.OUTCOME_UNKNOWN, "S3 did not say what became of " + version.key() + ".");
        }
        ErrorKind kind = S3Code.of(error.code()).map(S3Code::kind).orElse(ErrorKind.UNAVAILABLE);
        if (kind == ErrorKind.NOT_FOUND) {
            // Somebody else was faster.
            return new DeleteOutcome.Absent();
        }
        DeleteOutcome.Failed failed = new DeleteOutcome.Failed(
                kind,
                "S3 answered " + Printable.quote(String.valueOf(error.code())) + " for " + version.key() + ", "
                        + Printable.quote(String.valueOf(error.message())) + "."
                        + (kind == ErrorKind.DENIED ? " It needs " + call.permission() + "." : ""));
        return kind == ErrorKind.DENIED ? locks.of(version, failed) : failed;
    }

    /** Of the versions of a key the one that is hardest to remove says how the key fares. */
    private static DeleteOutcome worse(DeleteOutcome one, DeleteOutcome other) {
        if (one instanceof DeleteOutcome.Locked first && other instanceof DeleteOutcome.Locked second) {
            Instant none = Instant.MAX;
            return first.end().orElse(none).isAfter(second.end().orElse(none)) ? first : second;
        }
        return rank(one) >= rank(other) ? one : other;
    }

    private static int rank(@Nullable DeleteOutcome outcome) {
        if (outcome instanceof DeleteOutcome.Locked) {
            return 3;
        }
        if (outcome instanceof DeleteOutcome.Failed) {
            return 2;
        }
        return outcome instanceof DeleteOutcome.Deleted ? 1 : 0;
    }
}
