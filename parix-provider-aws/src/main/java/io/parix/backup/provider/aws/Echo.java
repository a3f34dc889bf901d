package io.parix.backup.provider.aws;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/**
 * Compares what a listing says that it was asked with what was asked. An answer that comes twice on one connection is taken for the
 * answer to the next request, and one to another listing would be believed to be all that there is.
 */
final class Echo {
    /** Of an access point, whose answers may tell the name of its bucket. */
    private static final String ALIAS = "-s3alias";

    private Echo() {}

    /** {@return whether an answer is one to this request, by all that it tells} */
    static boolean isOf(ListObjectsV2Request asked, ListObjectsV2Response answer) {
        return isBucket(asked.bucket(), answer.name())
                && isSame(asked.prefix(), answer.prefix())
                && isSame(asked.startAfter(), answer.startAfter())
                && isSame(asked.continuationToken(), answer.continuationToken());
    }

    /** {@return whether an answer is one to this request, by all that it tells} */
    static boolean isOf(ListObjectVersionsRequest asked, ListObjectVersionsResponse answer) {
        return isBucket(asked.bucket(), answer.name())
                && isSame(asked.prefix(), answer.prefix())
                && isSame(asked.keyMarker(), answer.keyMarker())
                && isSame(asked.versionIdMarker(), answer.versionIdMarker());
    }

    private static boolean isBucket(String asked, @Nullable String told) {
        return asked.endsWith(ALIAS) || isSame(asked, told);
    }

    /** What is not told is not different, and nothing is the same as none. */
    private static boolean isSame(@Nullable String asked, @Nullable String told) {
        return told == null || told.equals(asked == null ? "" : asked);
    }
}
