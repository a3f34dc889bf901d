package io.parix.backup.provider.gcp;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage.BlobWriteOption;
import com.google.cloud.storage.StorageClass;
import io.parix.backup.spi.CallContext.Purpose;
import io.parix.backup.spi.Checksums;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.StoredObject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Creates an object by one request that Cloud Storage refuses where the key is taken ({@code ifGenerationMatch=0}) or where the
 * bytes have not the CRC-32C that the request names. Whatever fails, there is a whole object or none: never an upload to be
 * ended.
 */
final class GcpWriter {
    /** One request has no limit but that of an object, 5 TiB; what is broken off is sent anew, so ours is lower. */
    static final long LARGEST_WRITE = 5L << 30;

    private final GcpPlace place;

    GcpWriter(GcpPlace place) {
        this.place = place;
    }

    /** {@return what a write needs, by the settings of the place} */
    String permission() {
        return GcpObjectStore.permissions(place, "storage.objects.create")
                + (place.config().writing().kmsKey() == null
                        ? ""
                        : ", and Cloud Storage's own service agent cloudkms.cryptoKeyVersions.useToEncrypt");
    }

    StoredObject write(ObjectKey key, ObjectContent content, GcpCall call) {
        if (content.length() < 0 || content.length() > LARGEST_WRITE) {
            throw new ProviderException(
                    ErrorKind.INVALID_REQUEST,
                    "Cannot write " + key + ": " + content.length() + " bytes are not between 0 and " + LARGEST_WRITE
                            + ", the most that is sent by one request.");
        }
        try (CheckedContent checked = new CheckedContent(key, content, call)) {
            checked.open();
            return send(key, content, checked, call);
        }
    }

    private StoredObject send(ObjectKey key, ObjectContent content, CheckedContent checked, GcpCall call) {
        try {
            Blob made = place.transport().during(call, () -> create(key, content.checksums(), checked, call));
            return stored(key, content, made);
        } catch (RuntimeException e) {
            throw failed(checked, call, e);
        }
    }

    /** What was wrong with the content is why the request broke off, whatever the client made of it. */
    private ProviderException failed(CheckedContent content, GcpCall call, RuntimeException e) {
        ProviderException own = content.failure();
        if (own != null) {
            return own;
        }
        return GcpPlace.ofBucket(
                call,
                content.handedOver()
                        ? place.errors().ofWritten(call, e)
                        : place.errors().of(call, e));
    }

    @SuppressWarnings(
            "deprecation") // The one way to send a stream by one request; it is not repeatable, which suits us.
    private Blob create(ObjectKey key, Checksums checksums, CheckedContent content, GcpCall call) {
        return place.storage().create(describe(key, checksums, call), content, options());
    }

    private BlobInfo describe(ObjectKey key, Checksums checksums, GcpCall call) {
        BlobInfo.Builder object = BlobInfo.newBuilder(
                        BlobId.of(place.config().bucket().name(), key.value()))
                .setContentType("application/octet-stream")
                .setCrc32c(ObjectChecksums.crc32c(checksums))
                .setMetadata(Map.of(ObjectChecksums.SHA256, checksums.sha256()));
        String storageClass = place.config().writing().storageClass();
        // Manifests are small and read often, which is what the other classes charge for.
        if (storageClass != null && call.context().purpose() == Purpose.DATA) {
            object.setStorageClass(StorageClass.valueOf(storageClass));
        }
        return object.build();
    }

    private BlobWriteOption[] options() {
        List<BlobWriteOption> options = new ArrayList<>(List.of(
                BlobWriteOption.doesNotExist(), BlobWriteOption.crc32cMatch(), BlobWriteOption.disableGzipContent()));
        String userProject = place.config().bucket().userProject();
        if (userProject != null) {
            options.add(BlobWriteOption.userProject(userProject));
        }
        String kmsKey = place.config().writing().kmsKey();
        if (kmsKey != null) {
            options.add(BlobWriteOption.kmsKeyName(kmsKey));
        }
        return options.toArray(BlobWriteOption[]::new);
    }

    private StoredObject stored(ObjectKey key, ObjectContent sent, Blob made) {
        String kept = made.getCrc32c();
        Long length = made.getSize();
        if ((kept != null && !kept.equals(ObjectChecksums.crc32c(sent.checksums())))
                || (length != null && length != sent.length())) {
            throw new ProviderException(
                    ErrorKind.CORRUPT,
                    "Wrote " + key + ", but Cloud Storage says that it keeps bytes of another length or CRC-32C.");
        }
        return new StoredObject(key, sent.length(), dateOf(made), confirmed(sent.checksums(), kept));
    }

    /** A server that does not repeat the checksum may not have looked at it. */
    private static @Nullable Checksums confirmed(Checksums sent, @Nullable String kept) {
        return kept == null ? null : sent;
    }

    private Instant dateOf(Blob made) {
        OffsetDateTime created = made.getCreateTimeOffsetDateTime();
        return created == null ? place.clock().instant() : created.toInstant();
    }
}
