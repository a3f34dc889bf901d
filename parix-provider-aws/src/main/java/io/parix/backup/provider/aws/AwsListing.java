package io.parix.backup.provider.aws;

import io.parix.backup.InvalidRequestException;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectPage;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Pages of a listing. Names that are no keys of ours are left out; an answer that is out of order, or does not say whether it
 * is whole, is an error.
 */
final class AwsListing {
    private final AwsPlace place;

    AwsListing(AwsPlace place) {
        this.place = place;
    }

    ObjectPage page(KeyPrefix prefix, @Nullable ObjectKey after, AwsCall call) {
        String token = null;
        while (true) {
            ListObjectsV2Response answer = ask(prefix, after, token, call);
            List<StoredObject> found = ours(prefix, after, answer);
            boolean more = hasMore(prefix, answer);
            if (!more || !found.isEmpty()) {
                return new ObjectPage(found, more);
            }
            // Nothing but foreign names: a page that has more must have an object to go on from.
            String next = answer.nextContinuationToken();
            if (next == null || next.equals(token)) {
                throw wrong(prefix, "it has more and does not say from where");
            }
            token = next;
        }
    }

    private ListObjectsV2Response ask(
            KeyPrefix prefix, @Nullable ObjectKey after, @Nullable String token, AwsCall call) {
        ListObjectsV2Request request = ListObjectsV2Request.builder()
                .bucket(place.config().bucket().name())
                .expectedBucketOwner(place.config().bucket().owner())
                .prefix(prefix.value().isEmpty() ? null : prefix.value() + "/")
                .startAfter(after == null ? null : after.value())
                .continuationToken(token)
                .maxKeys(ObjectStore.MAX_PAGE)
                // Names of others may have characters that XML has not. The SDK decodes them.
                .encodingType(EncodingType.URL)
                .overrideConfiguration(call.limits())
                .build();
        ListObjectsV2Response answer;
        try {
            answer = place.s3().listObjectsV2(request);
        } catch (RuntimeException e) {
            throw place.errors().of(call, e);
        }
        if (!Echo.isOf(request, answer)) {
            throw wrong(prefix, "it is the answer to another request");
        }
        return answer;
    }

    private static List<StoredObject> ours(KeyPrefix prefix, @Nullable ObjectKey after, ListObjectsV2Response answer) {
        List<StoredObject> found = new ArrayList<>();
        ObjectKey last = after;
        for (S3Object each : answer.contents()) {
            ObjectKey key = keyOf(each.key()).orElse(null);
            if (key == null) {
                continue;
            }
            if (!prefix.contains(key) || (last != null && key.compareTo(last) <= 0)) {
                throw wrong(prefix, key + " is not where it belongs");
            }
            found.add(described(prefix, key, each));
            last = key;
        }
        return found;
    }

    private static StoredObject described(KeyPrefix prefix, ObjectKey key, S3Object object) {
        Long size = object.size();
        if (size == null || object.lastModified() == null) {
            throw wrong(prefix, key + " has no size or no time");
        }
        return new StoredObject(key, size, object.lastModified(), null);
    }

    private static boolean hasMore(KeyPrefix prefix, ListObjectsV2Response answer) {
        Boolean more = answer.isTruncated();
        if (more == null) {
            throw wrong(prefix, "it does not say whether it is whole");
        }
        return more;
    }

    /** {@return a name as a key; empty where it is none of ours} */
    static Optional<ObjectKey> keyOf(@Nullable String name) {
        try {
            return name == null ? Optional.empty() : Optional.of(new ObjectKey(name));
        } catch (InvalidRequestException e) {
            return Optional.empty();
        }
    }

    private static ProviderException wrong(KeyPrefix prefix, String fact) {
        return new ProviderException(
                ErrorKind.UNAVAILABLE, "Cannot trust the listing of " + prefix + ": " + fact + ".");
    }
}
