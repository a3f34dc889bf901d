package io.parix.backup.provider.aws;

import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ProviderException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Finds every version of some keys, by listing from one to the next: neighbours share a page, and what lies between two that
 * are far apart is skipped. For one call.
 */
final class VersionScan {
    /** What a bucket without versions calls the only one. */
    private static final String ONLY = "null";

    private static final int NOT_IMPLEMENTED = 501;

    /** Of an ordinary place there is one for each key. What a call does not reach is left to the next. */
    private static final int MOST = 10_000;

    private final AwsPlace place;
    private final NavigableSet<ObjectKey> wanted;
    private final List<Version> objects = new ArrayList<>();
    private final List<Version> markers = new ArrayList<>();
    private @Nullable ObjectKey unreached;
    private boolean versioned = true;

    /**
     * A version of an object, or a marker that one was deleted.
     *
     * @param key its key
     * @param id its id; {@code null} as text in a bucket without versions
     */
    record Version(ObjectKey key, String id) {}

    /** Where a page begins. */
    private record From(String key, @Nullable String version) {}

    VersionScan(AwsPlace place, NavigableSet<ObjectKey> wanted) {
        this.place = place;
        this.wanted = wanted;
    }

    List<Version> objects() {
        return objects;
    }

    List<Version> markers() {
        return markers;
    }

    /** {@return whether the server knows of versions; one that does not takes none to delete} */
    boolean isVersioned() {
        return versioned;
    }

    /** {@return whether all versions of a key have been found} */
    boolean hasReached(ObjectKey key) {
        return unreached == null || key.compareTo(unreached) < 0;
    }

    /** Looks for them. */
    void run(AwsCall call) {
        String prefix = common(wanted.first().value(), wanted.last().value());
        From from = before(wanted.first());
        while (from != null) {
            ListObjectVersionsResponse page = ask(prefix, from, call).orElse(null);
            if (page == null) {
                versioned = false;
                listObjects(prefix, call);
                return;
            }
            page.versions().forEach(each -> take(objects, each.key(), each.versionId()));
            page.deleteMarkers().forEach(each -> take(markers, each.key(), each.versionId()));
            from = next(from, page);
        }
    }

    /** A server without versions has one of each object. */
    private void listObjects(String prefix, AwsCall call) {
        String from = before(wanted.first()).key();
        while (from != null) {
            ListObjectsV2Response page = objectsFrom(prefix, from, call);
            page.contents().forEach(each -> take(objects, each.key(), ONLY));
            from = next(from, page);
        }
    }

    private @Nullable String next(String from, ListObjectsV2Response page) {
        if (!isTruncated(page.isTruncated())) {
            return null;
        }
        List<S3Object> found = page.contents();
        String reached = found.isEmpty() ? from : found.get(found.size() - 1).key();
        if (reached.compareTo(from) <= 0) {
            throw wrong("it has more and does not say from where");
        }
        return following(reached)
                .map(next -> before(next).key())
                .map(there -> there.compareTo(reached) > 0 ? there : reached)
                .orElse(null);
    }

    private Optional<ObjectKey> following(String reached) {
        return wanted.stream()
                .filter(key -> key.value().compareTo(reached) >= 0)
                .findFirst();
    }

    private static boolean isTruncated(@Nullable Boolean answer) {
        if (answer == null) {
            throw wrong("it does not say whether it is whole");
        }
        return answer;
    }

    private void take(List<Version> into, @Nullable String name, @Nullable String id) {
        Optional<ObjectKey> key = AwsListing.keyOf(name).filter(wanted::contains);
        if (key.isPresent()) {
            if (id == null) {
                throw wrong("a version of " + key.get() + " has no id");
            }
            into.add(new Version(key.get(), id));
        }
    }

    private @Nullable From next(From from, ListObjectVersionsResponse page) {
        if (!isTruncated(page.isTruncated())) {
            return null;
        }
        String reached = page.nextKeyMarker();
        if (reached == null || new From(reached, page.nextVersionIdMarker()).equals(from)) {
            throw wrong("it has more and does not say from where");
        }
        ObjectKey next = following(reached).orElse(null);
        if (next == null) {
            return null;
        }
        if (objects.size() + markers.size() >= MOST) {
            unreached = next;
            return null;
        }
        From there = before(next);
        return there.key().compareTo(reached) > 0 ? there : new From(reached, page.nextVersionIdMarker());
    }

    /** Empty where the server knows of no versions at all. */
    private Optional<ListObjectVersionsResponse> ask(String prefix, From from, AwsCall call) {
        ListObjectVersionsRequest request = ListObjectVersionsRequest.builder()
                .bucket(place.config().bucket().name())
                .expectedBucketOwner(place.config().bucket().owner())
                .prefix(prefix)
                .keyMarker(from.key())
                .versionIdMarker(from.version())
                // Names of others may have characters that XML has not. The SDK decodes them.
                .encodingType(EncodingType.URL)
                .overrideConfiguration(call.limits())
                .build();
        try {
            ListObjectVersionsResponse answer = place.s3().listObjectVersions(request);
            requireOwn(Echo.isOf(request, answer));
            return Optional.of(answer);
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_IMPLEMENTED) {
                return Optional.empty();
            }
            throw place.errors().of(call, e);
        } catch (RuntimeException e) {
            throw place.errors().of(call, e);
        }
    }

    private ListObjectsV2Response objectsFrom(String prefix, String from, AwsCall call) {
        ListObjectsV2Request request = ListObjectsV2Request.builder()
                .bucket(place.config().bucket().name())
                .expectedBucketOwner(place.config().bucket().owner())
                .prefix(prefix)
                .startAfter(from)
                .encodingType(EncodingType.URL)
                .overrideConfiguration(call.limits())
                .build();
        try {
            ListObjectsV2Response answer = place.s3().listObjectsV2(request);
            requireOwn(Echo.isOf(request, answer));
            return answer;
        } catch (RuntimeException e) {
            throw place.errors().of(call, e);
        }
    }

    private static void requireOwn(boolean own) {
        if (!own) {
            throw wrong("it is the answer to another request");
        }
    }

    /** A listing begins after its marker: this is behind every key of ours that comes before the one given. */
    private static From before(ObjectKey key) {
        int last = key.value().length() - 1;
        return new From(key.value().substring(0, last) + (char) (key.value().charAt(last) - 1) + "~", null);
    }

    private static String common(String first, String last) {
        int same = 0;
        while (same < Math.min(first.length(), last.length()) && first.charAt(same) == last.charAt(same)) {
            same++;
        }
        return first.substring(0, same);
    }

    private static ProviderException wrong(String fact) {
        return new ProviderException(ErrorKind.UNAVAILABLE, "Cannot trust the listing of versions: " + fact + ".");
    }
}
