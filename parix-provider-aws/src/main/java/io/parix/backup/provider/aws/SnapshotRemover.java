package io.parix.backup.provider.aws;

import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.LockState;
import software.amazon.awssdk.services.ec2.model.LockedSnapshotsInfo;

/** Deletes snapshots, and tells why one is kept. Safe for concurrent calls. */
final class SnapshotRemover {
    private final Ec2Place place;

    SnapshotRemover(Ec2Place place) {
        this.place = place;
    }

    /**
     * Deletes all of a name.
     *
     * @param all which
     * @param call the call
     * @return what keeps one of them, where something does
     */
    DeleteOutcome delete(List<EbsSnapshot> all, AwsCall call) {
        DeleteOutcome outcome = new DeleteOutcome.Absent();
        for (EbsSnapshot each : all) {
            outcome = worse(outcome, delete(each.id(), call));
        }
        return outcome;
    }

    private DeleteOutcome delete(String id, AwsCall call) {
        try {
            place.change(
                    call.needing("ec2:DeleteSnapshot"),
                    (ec2, limits) ->
                            ec2.deleteSnapshot(request -> request.snapshotId(id).overrideConfiguration(limits)));
            return new DeleteOutcome.Deleted();
        } catch (ProviderException e) {
            return switch (e.kind()) {
                case NOT_FOUND -> new DeleteOutcome.Absent();
                case IN_USE -> new DeleteOutcome.Failed(e.kind(), String.valueOf(e.getMessage()));
                case LOCKED, DENIED, INVALID_REQUEST -> kept(id, call, e);
                case ALREADY_EXISTS, CONFLICT, THROTTLED, QUOTA, UNAVAILABLE, OUTCOME_UNKNOWN, CORRUPT, CANCELLED ->
                    throw e;
            };
        }
    }

    /** No list of codes has one for a lock, so a refusal is looked into; what cannot be told counts as locked (spec H10). */
    private DeleteOutcome kept(String id, AwsCall call, ProviderException refusal) {
        try {
            Optional<LockedSnapshotsInfo> lock = lock(id, call);
            if (lock.isPresent()) {
                return new DeleteOutcome.Locked(lock.get().lockExpiresOn());
            }
        } catch (ProviderException e) {
            if (e.kind() == ErrorKind.DENIED) {
                return new DeleteOutcome.Locked(null);
            }
            // What EC2 does not know yet has no lock that it would know of.
            if (e.kind() != ErrorKind.NOT_FOUND) {
                throw e;
            }
        }
        if (refusal.kind() == ErrorKind.LOCKED) {
            return new DeleteOutcome.Locked(null);
        }
        throw refusal;
    }

    private Optional<LockedSnapshotsInfo> lock(String id, AwsCall call) {
        Instant now = place.clock().instant();
        return place
                .ask(
                        call.needing("ec2:DescribeLockedSnapshots"),
                        (ec2, limits) -> ec2.describeLockedSnapshots(
                                request -> request.snapshotIds(id).overrideConfiguration(limits)))
                .snapshots()
                .stream()
                .filter(each -> id.equals(each.snapshotId()) && each.lockState() != LockState.EXPIRED)
                .filter(each ->
                        each.lockExpiresOn() == null || each.lockExpiresOn().isAfter(now))
                .findFirst();
    }

    /** Locked says more than failed, and that more than deleted; of two locks the later, and one without an end, counts. */
    static DeleteOutcome worse(DeleteOutcome one, DeleteOutcome other) {
        return Stream.of(one, other)
                .max((a, b) -> {
                    int ranks = Integer.compare(rank(a), rank(b));
                    return ranks == 0 ? end(a).compareTo(end(b)) : ranks;
                })
                .orElse(one);
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

    private static Instant end(DeleteOutcome outcome) {
        return outcome instanceof DeleteOutcome.Locked locked ? locked.end().orElse(Instant.MAX) : Instant.MIN;
    }
}
