package io.parix.backup.provider.aws;

import io.parix.backup.provider.aws.VersionScan.Version;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.GetObjectLegalHoldRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRetentionRequest;
import software.amazon.awssdk.services.s3.model.ObjectLockLegalHoldStatus;
import software.amazon.awssdk.services.s3.model.ObjectLockRetention;

/**
 * Tells why S3 refused to delete a version: it answers <em>access denied</em> for a lock as for a missing permission. What
 * cannot be told counts as locked (spec H10). For one call.
 */
final class AwsLocks {
    private final AwsPlace place;
    private final AwsCall call;
    private boolean bucketHasNone;

    AwsLocks(AwsPlace place, AwsCall call) {
        this.place = place;
        this.call = call;
    }

    DeleteOutcome of(Version version, DeleteOutcome.Failed denial) {
        if (bucketHasNone) {
            return denial;
        }
        try {
            Instant until = retention(version);
            if (until != null && until.isAfter(place.clock().instant())) {
                return new DeleteOutcome.Locked(until);
            }
            return bucketHasNone || !isHeld(version) ? denial : new DeleteOutcome.Locked(null);
        } catch (ProviderException e) {
            return e.kind() == ErrorKind.DENIED
                    ? new DeleteOutcome.Locked(null)
                    : new DeleteOutcome.Failed(e.kind(), denial.message() + " Whether it is locked: " + e.getMessage());
        }
    }

    private @Nullable Instant retention(Version version) {
        try {
            ObjectLockRetention retention = asked(() -> place.s3()
                    .getObjectRetention(GetObjectRetentionRequest.builder()
                            .bucket(place.config().bucket().name())
                            .expectedBucketOwner(place.config().bucket().owner())
                            .key(version.key().value())
                            .versionId(version.id())
                            .overrideConfiguration(call.limits())
                            .build())
                    .retention());
            return retention == null ? null : retention.retainUntilDate();
        } catch (ProviderException e) {
            // A bucket without locks refuses the question itself.
            bucketHasNone = e.kind() == ErrorKind.INVALID_REQUEST;
            if (bucketHasNone || e.kind() == ErrorKind.NOT_FOUND) {
                return null;
            }
            throw e;
        }
    }

    private boolean isHeld(Version version) {
        try {
            return ObjectLockLegalHoldStatus.ON
                    == asked(() -> place.s3()
                            .getObjectLegalHold(GetObjectLegalHoldRequest.builder()
                                    .bucket(place.config().bucket().name())
                                    .expectedBucketOwner(place.config().bucket().owner())
                                    .key(version.key().value())
                                    .versionId(version.id())
                                    .overrideConfiguration(call.limits())
                                    .build())
                            .legalHold()
                            .status());
        } catch (ProviderException e) {
            if (e.kind() == ErrorKind.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    private <T> T asked(Supplier<T> request) {
        try {
            return request.get();
        } catch (RuntimeException e) {
            throw place.errors().of(call, e);
        }
    }
}
