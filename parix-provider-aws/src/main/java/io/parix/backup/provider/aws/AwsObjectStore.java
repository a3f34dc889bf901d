package io.parix.backup.provider.aws;

import io.parix.backup.spi.ByteRange;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectPage;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.StoredObject;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** The objects of a bucket. */
final class AwsObjectStore implements ObjectStore {
    private final AwsPlace place;
    private final AwsWriter writer;
    private final AwsListing listing;

    AwsObjectStore(AwsPlace place) {
        this.place = place;
        this.writer = new AwsWriter(place);
        this.listing = new AwsListing(place);
    }

    @Override
    public StoredObject putIfAbsent(ObjectKey key, ObjectContent content, CallContext call) {
        return writer.write(key, content, place.begin(call, "writing " + key, writer.permission()));
    }

    @Override
    public InputStream get(ObjectKey key, @Nullable ByteRange range, CallContext call) {
        AwsCall begun =
                place.begin(call, "reading " + key, "s3:GetObject, and kms:Decrypt where a key of KMS encrypts it");
        GetObjectRequest.Builder request = GetObjectRequest.builder()
                .bucket(place.config().bucket().name())
                .expectedBucketOwner(place.config().bucket().owner())
                .key(key.value())
                .overrideConfiguration(begun.limits());
        if (range == null) {
            request.checksumMode(ChecksumMode.ENABLED);
        } else {
            request.range("bytes=" + range.offset() + "-" + (range.end() - 1));
        }
        ResponseInputStream<GetObjectResponse> answer =
                asked(begun, () -> place.s3().getObject(request.build()));
        try {
            return new ResponseStream(key, answer, lengthOf(key, range, answer.response()), begun);
        } catch (ProviderException e) {
            answer.abort();
            throw begun.ended(e);
        }
    }

    private static long lengthOf(ObjectKey key, @Nullable ByteRange range, GetObjectResponse answer) {
        Long length = answer.contentLength();
        if (length == null) {
            throw new ProviderException(
                    ErrorKind.UNAVAILABLE, "Cannot read " + key + ": S3 does not say how long it is.");
        }
        if (range != null) {
            requireAsked(key, range, String.valueOf(answer.contentRange()));
        }
        return length;
    }

    /** S3 gives what it has of a range, which hides a truncated object. */
    private static void requireAsked(ObjectKey key, ByteRange range, String given) {
        if (!given.startsWith("bytes " + range.offset() + "-" + (range.end() - 1) + "/")) {
            throw new ProviderException(
                    ErrorKind.INVALID_REQUEST,
                    "Cannot read " + range.offset() + "+" + range.length() + " of " + key + ": S3 has only the range "
                            + given + " of it.");
        }
    }

    @Override
    public Optional<StoredObject> stat(ObjectKey key, CallContext call) {
        AwsCall begun = place.begin(
                call,
                "describing " + key,
                "s3:GetObject and s3:ListBucket, and kms:Decrypt where a key of KMS encrypts it");
        HeadObjectRequest request = HeadObjectRequest.builder()
                .bucket(place.config().bucket().name())
                .expectedBucketOwner(place.config().bucket().owner())
                .key(key.value())
                .checksumMode(ChecksumMode.ENABLED)
                .overrideConfiguration(begun.limits())
                .build();
        try {
            return Optional.of(describe(key, asked(begun, () -> place.s3().headObject(request))));
        } catch (ProviderException e) {
            if (e.kind() != ErrorKind.NOT_FOUND) {
                throw begun.ended(e);
            }
            requireBucket(begun);
            return Optional.empty();
        }
    }

    /** An answer to {@code HEAD} has no code, so that of a bucket that is gone is the same as that of a key. */
    private void requireBucket(AwsCall call) {
        HeadBucketRequest request = HeadBucketRequest.builder()
                .bucket(place.config().bucket().name())
                .expectedBucketOwner(place.config().bucket().owner())
                .overrideConfiguration(call.limits())
                .build();
        try {
            asked(call, () -> place.s3().headBucket(request));
        } catch (ProviderException e) {
            if (e.kind() != ErrorKind.NOT_FOUND) {
                throw e;
            }
            throw new ProviderException(
                    ErrorKind.UNAVAILABLE, "Failed " + call.doing() + ": the bucket is not there.", e);
        }
    }

    private static StoredObject describe(ObjectKey key, HeadObjectResponse answer) {
        Long length = answer.contentLength();
        Instant createdAt = answer.lastModified();
        if (length == null || createdAt == null) {
            throw new ProviderException(
                    ErrorKind.UNAVAILABLE,
                    "Cannot describe " + key + ": S3 does not say how long it is or since when.");
        }
        return new StoredObject(key, length, createdAt, ObjectChecksums.of(answer.checksumSHA256(), answer.metadata()));
    }

    @Override
    public ObjectPage list(KeyPrefix prefix, @Nullable ObjectKey after, CallContext call) {
        AwsCall begun = place.begin(call, "listing " + prefix, "s3:ListBucket");
        try {
            return listing.page(prefix, after, begun);
        } catch (ProviderException e) {
            throw begun.ended(e);
        }
    }

    @Override
    public Map<ObjectKey, DeleteOutcome> delete(List<ObjectKey> keys, CallContext call) {
        AwsCall begun = place.begin(
                call, "deleting " + keys.size() + " objects", "s3:ListBucketVersions and s3:DeleteObjectVersion");
        if (keys.size() > MAX_DELETE) {
            throw new ProviderException(
                    ErrorKind.INVALID_REQUEST,
                    "Cannot delete " + keys.size() + " objects in one call: at most " + MAX_DELETE + " can be.");
        }
        try {
            return new AwsRemover(place, begun).delete(keys);
        } catch (ProviderException e) {
            throw begun.ended(e);
        }
    }

    private <T> T asked(AwsCall call, Supplier<T> request) {
        try {
            return request.get();
        } catch (RuntimeException e) {
            throw place.errors().of(call, e);
        }
    }
}
