package io.parix.backup.provider.aws;

import io.parix.backup.provider.aws.AwsConfig.Encryption;
import io.parix.backup.provider.aws.AwsConfig.Writing;
import io.parix.backup.spi.CallContext.Purpose;
import io.parix.backup.spi.Checksums;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.StoredObject;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.Tagging;

/**
 * Creates an object by one request that S3 refuses where the key is taken ({@code If-None-Match: *}) or where the bytes have
 * not the SHA-256 that the request names. Whatever fails, there is a whole object or none: never a part to be swept.
 */
final class AwsWriter {
    /** The most that S3 takes by one request (PutObject, "Upload an object in a single operation"). */
    static final long LARGEST_WRITE = 5L << 30;

    private final AwsPlace place;

    AwsWriter(AwsPlace place) {
        this.place = place;
    }

    /** {@return what a write needs, by the settings of the place} */
    String permission() {
        Writing writing = place.config().writing();
        return "s3:PutObject"
                + (writing.tags().isEmpty() ? "" : ", s3:PutObjectTagging")
                + (writing.encryption() == Encryption.SSE_KMS ? ", kms:GenerateDataKey" : "");
    }

    StoredObject write(ObjectKey key, ObjectContent content, AwsCall call) {
        if (content.length() < 0 || content.length() > LARGEST_WRITE) {
            throw new ProviderException(
                    ErrorKind.INVALID_REQUEST,
                    "Cannot write " + key + ": " + content.length() + " bytes are not between 0 and " + LARGEST_WRITE
                            + ", the most that S3 takes by one request.");
        }
        try (CheckedContent checked = new CheckedContent(key, content, call)) {
            checked.requireNothingOfEmpty();
            return send(key, content.checksums(), checked, call);
        }
    }

    private StoredObject send(ObjectKey key, Checksums checksums, CheckedContent content, AwsCall call) {
        PutObjectRequest request = request(key, checksums, call);
        RequestBody body = RequestBody.fromContentProvider(content, content.length(), "application/octet-stream");
        try {
            return stored(key, content.length(), checksums, place.s3().putObject(request, body));
        } catch (RuntimeException e) {
            throw failed(content, call, e);
        }
    }

    /** What was wrong with the content is why the request broke off, whatever the client made of it. */
    private ProviderException failed(CheckedContent content, AwsCall call, RuntimeException e) {
        ProviderException own = content.failure();
        if (own != null) {
            return own;
        }
        return content.handedOver()
                ? place.errors().ofSent(call, e)
                : place.errors().of(call, e);
    }

    private PutObjectRequest request(ObjectKey key, Checksums checksums, AwsCall call) {
        Writing writing = place.config().writing();
        PutObjectRequest.Builder request = PutObjectRequest.builder()
                .bucket(place.config().bucket().name())
                .expectedBucketOwner(place.config().bucket().owner())
                .key(key.value())
                .ifNoneMatch("*")
                .checksumSHA256(ObjectChecksums.sha256(checksums))
                .metadata(Map.of(ObjectChecksums.CRC32C, ObjectChecksums.crc32c(checksums)))
                .overrideConfiguration(call.limits());
        // Manifests are small and read often, which is what the other classes charge for.
        if (call.context().purpose() == Purpose.DATA) {
            request.storageClass(writing.storageClass());
        }
        if (writing.encryption() != Encryption.BUCKET) {
            request.serverSideEncryption(
                    writing.encryption() == Encryption.SSE_KMS
                            ? ServerSideEncryption.AWS_KMS
                            : ServerSideEncryption.AES256);
            request.ssekmsKeyId(writing.kmsKey());
        }
        if (!writing.tags().isEmpty()) {
            request.tagging(Tagging.builder()
                    .tagSet(writing.tags().entrySet().stream()
                            .map(tag -> Tag.builder()
                                    .key(tag.getKey())
                                    .value(tag.getValue())
                                    .build())
                            .toList())
                    .build());
        }
        return request.build();
    }

    private StoredObject stored(ObjectKey key, long length, Checksums sent, PutObjectResponse answer) {
        String kept = answer.checksumSHA256();
        if (kept != null && !kept.equals(ObjectChecksums.sha256(sent))) {
            throw new ProviderException(
                    ErrorKind.CORRUPT, "Wrote " + key + ", but S3 says that it keeps bytes of another SHA-256.");
        }
        return new StoredObject(key, length, dateOf(answer), confirmed(sent, kept));
    }

    /** A server that does not repeat the checksum may not have looked at it. */
    private static @Nullable Checksums confirmed(Checksums sent, @Nullable String kept) {
        return kept == null ? null : sent;
    }

    private Instant dateOf(PutObjectResponse answer) {
        return answer.sdkHttpResponse()
                .firstMatchingHeader("Date")
                .flatMap(AwsErrors::date)
                .orElseGet(place.clock()::instant);
    }
}
