package io.parix.backup.provider.gcp;

import com.google.api.gax.paging.Page;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.Storage.BlobField;
import com.google.cloud.storage.Storage.BlobListOption;
import io.parix.backup.InvalidRequestException;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectPage;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.StoredObject;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Pages of a listing. Names that are no keys of ours are left out; an answer that is out of order, or has what was not asked
 * for, is an error.
 */
final class GcpListing {
    /** The lowest character of a key: a key with one more is the first that can come after it. */
    private static final String LOWEST = "-";

    private final GcpPlace place;

    GcpListing(GcpPlace place) {
        this.place = place;
    }

    ObjectPage page(KeyPrefix prefix, @Nullable ObjectKey after, GcpCall call) {
        List<BlobListOption> asked = new ArrayList<>(List.of(
                BlobListOption.pageSize(ObjectStore.MAX_PAGE),
                BlobListOption.fields(BlobField.NAME, BlobField.SIZE, BlobField.TIME_CREATED)));
        if (!prefix.value().isEmpty()) {
            asked.add(BlobListOption.prefix(prefix.value() + "/"));
        }
        if (after != null) {
            asked.add(BlobListOption.startOffset(after.value() + LOWEST));
        }
        String token = null;
        while (true) {
            Page<Blob> answer = ask(asked, token, call);
            List<StoredObject> found = ours(prefix, after, answer);
            String next = answer.getNextPageToken();
            boolean more = next != null && !next.isEmpty();
            if (!more || !found.isEmpty()) {
                return new ObjectPage(found, more);
            }
            // Nothing but foreign names: a page that has more must have an object to go on from.
            if (next.equals(token)) {
                throw wrong(prefix, "it has more and does not say from where");
            }
            token = next;
        }
    }

    /**
     * Asks for a page.
     *
     * @param asked what is wanted
     * @param token where it begins, or null
     * @param call the call
     * @return the page; where the bucket is not there, an error
     */
    Page<Blob> ask(List<BlobListOption> asked, @Nullable String token, GcpCall call) {
        List<BlobListOption> options = new ArrayList<>(asked);
        if (token != null) {
            options.add(BlobListOption.pageToken(token));
        }
        String userProject = place.config().bucket().userProject();
        if (userProject != null) {
            options.add(BlobListOption.userProject(userProject));
        }
        try {
            return place.ask(
                    call,
                    () -> place.storage().list(place.config().bucket().name(), options.toArray(BlobListOption[]::new)));
        } catch (ProviderException e) {
            throw GcpPlace.ofBucket(call, e);
        }
    }

    /** Fails where the bucket is not there; by a listing, for which reading needs the permission anyway. */
    void requireBucket(GcpCall call) {
        ask(List.of(BlobListOption.pageSize(1), BlobListOption.fields(BlobField.NAME)), null, call);
    }

    private static List<StoredObject> ours(KeyPrefix prefix, @Nullable ObjectKey after, Page<Blob> answer) {
        List<StoredObject> found = new ArrayList<>();
        ObjectKey last = after;
        for (Blob each : answer.getValues()) {
            ObjectKey key = keyOf(each.getName()).orElse(null);
            if (key == null) {
                continue;
            }
            if (!prefix.contains(key) || (last != null && key.compareTo(last) <= 0)) {
                throw wrong(prefix, key + " is not where it belongs");
            }
            found.add(described(prefix, key, each));
            last = key;
        }
        if (found.size() > ObjectStore.MAX_PAGE) {
            throw wrong(prefix, "a page has " + found.size() + " objects");
        }
        return found;
    }

    private static StoredObject described(KeyPrefix prefix, ObjectKey key, Blob object) {
        Long size = object.getSize();
        OffsetDateTime created = object.getCreateTimeOffsetDateTime();
        if (size == null || created == null) {
            throw wrong(prefix, key + " has no size or no time");
        }
        return new StoredObject(key, size, created.toInstant(), null);
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
