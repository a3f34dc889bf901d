package io.parix.backup.provider.aws;

import static io.parix.backup.spi.ErrorKind.ALREADY_EXISTS;
import static io.parix.backup.spi.ErrorKind.CORRUPT;
import static io.parix.backup.spi.ErrorKind.DENIED;
import static io.parix.backup.spi.ErrorKind.INVALID_REQUEST;
import static io.parix.backup.spi.ErrorKind.NOT_FOUND;
import static io.parix.backup.spi.ErrorKind.THROTTLED;
import static io.parix.backup.spi.ErrorKind.UNAVAILABLE;

import io.parix.backup.spi.ErrorKind;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The error codes that S3 documents for the calls used here, each with its kind: the one table.
 *
 * <p>Source: "Error responses" of the Amazon S3 API reference, and the pages of the operations. What may pass by itself is
 * <em>unavailable</em>, which the engine repeats a bounded number of times; what needs a person is not.
 */
enum S3Code implements AwsCode {
    ACCESS_DENIED("AccessDenied", 403, DENIED, ""),
    ACCOUNT_PROBLEM("AccountProblem", 403, DENIED, "Ask AWS support about the account."),
    ALL_ACCESS_DISABLED("AllAccessDisabled", 403, DENIED, "Ask AWS support about the bucket."),
    INVALID_ACCESS_KEY_ID("InvalidAccessKeyId", 403, DENIED, "The access key does not exist."),
    INVALID_PAYER("InvalidPayer", 403, DENIED, "Access to the bucket is disabled."),
    INVALID_SECURITY("InvalidSecurity", 403, DENIED, "The credentials are not valid."),
    INVALID_TOKEN("InvalidToken", 400, DENIED, "The session token is not valid."),
    NOT_SIGNED_UP("NotSignedUp", 403, DENIED, "The account is not signed up for S3."),
    SIGNATURE_DOES_NOT_MATCH("SignatureDoesNotMatch", 403, DENIED, "The secret key is not that of the access key."),
    UNAUTHORIZED_ACCESS("UnauthorizedAccess", 403, DENIED, ""),
    KMS_DISABLED("KMS.DisabledException", 400, DENIED, "The KMS key is disabled; enable it."),
    KMS_STATE("KMS.KMSInvalidStateException", 400, DENIED, "The KMS key cannot be used in its state."),

    KMS_NOT_FOUND("KMS.NotFoundException", 400, INVALID_REQUEST, "The KMS key does not exist in this region."),
    KMS_USAGE("KMS.InvalidKeyUsageException", 400, INVALID_REQUEST, "The KMS key is not for encrypting."),
    AUTHORIZATION_MALFORMED("AuthorizationHeaderMalformed", 400, INVALID_REQUEST, "The region may be wrong."),
    BAD_REQUEST("BadRequest", 400, INVALID_REQUEST, ""),
    ENTITY_TOO_LARGE("EntityTooLarge", 400, INVALID_REQUEST, ""),
    ENTITY_TOO_SMALL("EntityTooSmall", 400, INVALID_REQUEST, ""),
    ILLEGAL_LOCATION("IllegalLocationConstraintException", 400, INVALID_REQUEST, "The region is wrong."),
    INCORRECT_ENDPOINT("IncorrectEndpoint", 400, INVALID_REQUEST, "The region or the endpoint is wrong."),
    INVALID_ARGUMENT("InvalidArgument", 400, INVALID_REQUEST, ""),
    INVALID_BUCKET_NAME("InvalidBucketName", 400, INVALID_REQUEST, ""),
    INVALID_BUCKET_OWNER("InvalidBucketOwnerAWSAccountID", 400, INVALID_REQUEST, "Set expected-bucket-owner right."),
    INVALID_BUCKET_STATE("InvalidBucketState", 409, INVALID_REQUEST, ""),
    INVALID_DIGEST("InvalidDigest", 400, INVALID_REQUEST, ""),
    INVALID_ENCRYPTION("InvalidEncryptionAlgorithmError", 400, INVALID_REQUEST, ""),
    INVALID_OBJECT_STATE("InvalidObjectState", 403, INVALID_REQUEST, "The object is archived; restore it in S3 first."),
    INVALID_RANGE("InvalidRange", 416, INVALID_REQUEST, ""),
    INVALID_REGION("InvalidRegion", 403, INVALID_REQUEST, "The region is wrong, or not enabled."),
    INVALID_REQUEST_CODE("InvalidRequest", 400, INVALID_REQUEST, ""),
    INVALID_SIGNATURE("InvalidSignature", 400, INVALID_REQUEST, ""),
    INVALID_STORAGE_CLASS("InvalidStorageClass", 400, INVALID_REQUEST, ""),
    INVALID_TAG("InvalidTag", 400, INVALID_REQUEST, ""),
    INVALID_URI("InvalidURI", 400, INVALID_REQUEST, ""),
    KEY_TOO_LONG("KeyTooLongError", 400, INVALID_REQUEST, ""),
    MALFORMED_XML("MalformedXML", 400, INVALID_REQUEST, ""),
    MESSAGE_TOO_LONG("MaxMessageLengthExceeded", 400, INVALID_REQUEST, ""),
    METADATA_TOO_LARGE("MetadataTooLarge", 400, INVALID_REQUEST, ""),
    METHOD_NOT_ALLOWED("MethodNotAllowed", 405, INVALID_REQUEST, ""),
    MISSING_CONTENT_LENGTH("MissingContentLength", 411, INVALID_REQUEST, ""),
    MISSING_BODY("MissingRequestBodyError", 400, INVALID_REQUEST, ""),
    MISSING_SECURITY_HEADER("MissingSecurityHeader", 400, INVALID_REQUEST, ""),
    NOT_IMPLEMENTED("NotImplemented", 501, INVALID_REQUEST, "The place lacks what is asked of it."),
    PERMANENT_REDIRECT("PermanentRedirect", 301, INVALID_REQUEST, "The bucket lies in another region."),
    HEADERS_TOO_LARGE("RequestHeaderSectionTooLarge", 400, INVALID_REQUEST, ""),
    UNEXPECTED_CONTENT("UnexpectedContent", 400, INVALID_REQUEST, ""),

    NO_SUCH_KEY("NoSuchKey", 404, NOT_FOUND, ""),
    NO_SUCH_VERSION("NoSuchVersion", 404, NOT_FOUND, ""),
    NO_SUCH_OBJECT_LOCK("NoSuchObjectLockConfiguration", 404, NOT_FOUND, ""),
    NO_OBJECT_LOCK_IN_BUCKET("ObjectLockConfigurationNotFoundError", 404, NOT_FOUND, ""),

    PRECONDITION_FAILED("PreconditionFailed", 412, ALREADY_EXISTS, ""),

    BAD_DIGEST("BadDigest", 400, CORRUPT, ""),
    CHECKSUM_MISMATCH("XAmzContentChecksumMismatch", 400, CORRUPT, ""),
    PAYLOAD_MISMATCH("XAmzContentSHA256Mismatch", 400, CORRUPT, ""),

    SLOW_DOWN("SlowDown", 503, THROTTLED, ""),
    THROTTLING("ThrottlingException", 400, THROTTLED, ""),

    /** Its bucket's name may be somebody else's by now, so a bucket that is gone never looks empty. */
    NO_SUCH_BUCKET("NoSuchBucket", 404, UNAVAILABLE, "The bucket is not there; check its name and region."),
    NO_SUCH_ACCESS_POINT("NoSuchAccessPoint", 404, UNAVAILABLE, "The access point is not there."),
    /** A deletion came between: nothing was written, and S3 says to try again. */
    CONDITIONAL_CONFLICT("ConditionalRequestConflict", 409, UNAVAILABLE, ""),
    OPERATION_ABORTED("OperationAborted", 409, UNAVAILABLE, ""),
    /** Credentials that renew themselves are new at the next attempt. */
    EXPIRED_TOKEN("ExpiredToken", 400, UNAVAILABLE, "The session token has expired; renew it."),
    TOKEN_REFRESH("TokenRefreshRequired", 400, UNAVAILABLE, "The session token must be renewed."),
    /** The SDK learns the difference from the answer, and signs by it at the next attempt. */
    TIME_SKEWED("RequestTimeTooSkewed", 403, UNAVAILABLE, "The clock of this machine is wrong."),
    /** Less came than was announced: nothing was written. */
    INCOMPLETE_BODY("IncompleteBody", 400, UNAVAILABLE, ""),
    REQUEST_TIMEOUT("RequestTimeout", 400, UNAVAILABLE, ""),
    REDIRECT("Redirect", 307, UNAVAILABLE, ""),
    TEMPORARY_REDIRECT("TemporaryRedirect", 307, UNAVAILABLE, ""),
    INTERNAL_ERROR("InternalError", 500, UNAVAILABLE, ""),
    BUSY("Busy", 503, UNAVAILABLE, ""),
    SERVICE_UNAVAILABLE("ServiceUnavailable", 503, UNAVAILABLE, "");

    private static final Map<String, S3Code> BY_TEXT =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(S3Code::text, Function.identity()));

    private final String text;
    private final int status;
    private final ErrorKind kind;
    private final String remedy;

    S3Code(String text, int status, ErrorKind kind, String remedy) {
        this.text = text;
        this.status = status;
        this.kind = kind;
        this.remedy = remedy;
    }

    static Optional<S3Code> of(@Nullable String text) {
        return text == null ? Optional.empty() : Optional.ofNullable(BY_TEXT.get(text));
    }

    /** {@return the kind of an answer without a code that is known: those to {@code HEAD} have none} */
    static ErrorKind kindOf(int status) {
        return switch (status) {
            case 403 -> DENIED;
            case 404 -> NOT_FOUND;
            case 412 -> ALREADY_EXISTS;
            case 429, 503 -> THROTTLED;
            // Of what an expired token gets for HEAD nothing but the number is told.
            case 400, 409 -> UNAVAILABLE;
            default -> status >= 500 ? UNAVAILABLE : INVALID_REQUEST;
        };
    }

    @Override
    public String text() {
        return text;
    }

    /** {@return the HTTP status that S3 documents with it} */
    @Override
    public int status() {
        return status;
    }

    @Override
    public ErrorKind kind() {
        return kind;
    }

    @Override
    public String remedy() {
        return remedy;
    }
}
