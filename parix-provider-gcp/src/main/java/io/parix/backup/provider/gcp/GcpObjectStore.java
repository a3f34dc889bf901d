package io.parix.backup.provider.gcp;

import com.google.cloud.ReadChannel;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.Storage.BlobField;
import com.google.cloud.storage.Storage.BlobGetOption;
import com.google.cloud.storage.Storage.BlobSourceOption;
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
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The objects of a bucket. */
final class GcpObjectStore implements ObjectStore {
    private static final String READING = "storage.objects.get and storage.objects.list";

    private final GcpPlace place;
    private final GcpWriter writer;
    private final GcpListing listing;

    GcpObjectStore(GcpPlace place) {
        this.place = place;
        this.writer = new GcpWriter(place);
        this.listing = new GcpListing(place);
    }

    /** {@return permissions, and that to let a project pay where one is set} */
    static String permissions(GcpPlace place, String some) {
        return place.config().bucket().userProject() == null
                ? some
                : some + ", and serviceusage.services.use in the project that pays";
    }

    @Override
    public StoredObject putIfAbsent(ObjectKey key, ObjectContent content, CallContext call) {
        return writer.write(key, content, place.begin(call, "writing " + key, writer.permission()));
    }

    @Override
    public InputStream get(ObjectKey key, @Nullable ByteRange range, CallContext call) {
        GcpCall begun = place.begin(call, "reading " + key, permissions(place, READING));
        ReadChannel channel = place.ask(begun, () -> channel(key, range));
        ResponseStream stream = new ResponseStream(key, range, channel, begun);
        try {
            place.ask(begun, stream::open);
            return stream;
        } catch (ProviderException e) {
            stream.close();
            throw e.kind() == ErrorKind.NOT_FOUND ? absent(begun, e) : e;
        }
    }

    private ReadChannel channel(ObjectKey key, @Nullable ByteRange range) {
        List<BlobSourceOption> options = new ArrayList<>(List.of(BlobSourceOption.shouldReturnRawInputStream(true)));
        String userProject = place.config().bucket().userProject();
        if (userProject != null) {
            options.add(BlobSourceOption.userProject(userProject));
        }
        ReadChannel channel = place.storage().reader(id(key), options.toArray(BlobSourceOption[]::new));
        // What is asked for comes by one request, and no buffer of the client's.
        channel.setChunkSize(0);
        return range == null ? channel : ResponseStream.limited(channel, range);
    }

    private BlobId id(ObjectKey key) {
        return BlobId.of(place.config().bucket().name(), key.value());
    }

    /** To what is not there the answer is the same for an object and for its bucket, but in words. */
    private ProviderException absent(GcpCall call, ProviderException e) {
        listing.requireBucket(call);
        return e;
    }

    @Override
    public Optional<StoredObject> stat(ObjectKey key, CallContext call) {
        GcpCall begun = place.begin(call, "describing " + key, permissions(place, READING));
        List<BlobGetOption> options = new ArrayList<>(List.of(BlobGetOption.fields(
                BlobField.NAME, BlobField.SIZE, BlobField.TIME_CREATED, BlobField.CRC32C, BlobField.METADATA)));
        String userProject = place.config().bucket().userProject();
        if (userProject != null) {
            options.add(BlobGetOption.userProject(userProject));
        }
        Optional<Blob> found = place.ask(
                begun, () -> Optional.ofNullable(place.storage().get(id(key), options.toArray(BlobGetOption[]::new))));
        if (found.isEmpty()) {
            listing.requireBucket(begun);
            return Optional.empty();
        }
        return Optional.of(describe(key, found.get()));
    }

    private static StoredObject describe(ObjectKey key, Blob found) {
        Long length = found.getSize();
        OffsetDateTime created = found.getCreateTimeOffsetDateTime();
        if (length == null || created == null) {
            throw new ProviderException(
                    ErrorKind.UNAVAILABLE,
                    "Cannot describe " + key + ": Cloud Storage does not say how long it is or since when.");
        }
        return new StoredObject(
                key, length, created.toInstant(), ObjectChecksums.of(found.getCrc32c(), known(found.getMetadata())));
    }

    /** A name in the metadata may be without a value. */
    private static Map<String, String> known(@Nullable Map<String, @Nullable String> metadata) {
        String sha = metadata == null ? null : metadata.get(ObjectChecksums.SHA256);
        return sha == null ? Map.of() : Map.of(ObjectChecksums.SHA256, sha);
    }

    @Override
    public ObjectPage list(KeyPrefix prefix, @Nullable ObjectKey after, CallContext call) {
        return listing.page(
                prefix, after, place.begin(call, "listing " + prefix, permissions(place, "storage.objects.list")));
    }

    @Override
    public Map<ObjectKey, DeleteOutcome> delete(List<ObjectKey> keys, CallContext call) {
        GcpCall begun = place.begin(
                call,
                "deleting " + keys.size() + " objects",
                permissions(place, "storage.objects.list and storage.objects.delete"));
        if (keys.size() > MAX_DELETE) {
            throw new ProviderException(
                    ErrorKind.INVALID_REQUEST,
                    "Cannot delete " + keys.size() + " objects in one call: at most " + MAX_DELETE + " can be.");
        }
        return new GcpRemover(place, begun).delete(keys);
    }
}
