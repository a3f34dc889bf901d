package io.parix.backup.provider.aws;

import static io.parix.backup.spi.ErrorKind.CONFLICT;
import static io.parix.backup.spi.ErrorKind.DENIED;
import static io.parix.backup.spi.ErrorKind.INVALID_REQUEST;
import static io.parix.backup.spi.ErrorKind.IN_USE;
import static io.parix.backup.spi.ErrorKind.LOCKED;
import static io.parix.backup.spi.ErrorKind.NOT_FOUND;
import static io.parix.backup.spi.ErrorKind.QUOTA;
import static io.parix.backup.spi.ErrorKind.THROTTLED;
import static io.parix.backup.spi.ErrorKind.UNAVAILABLE;

import io.parix.backup.spi.ErrorKind;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The error codes that EC2 documents for the calls used here, each with its kind: the one table, as {@link S3Code} is for S3.
 *
 * <p>Source: "Error codes for the Amazon EC2 API", which tells of most codes only whether their status is one of 400 or of 500; and
 * the pages of the operations and of EBS encryption. Limits are <em>quota</em> or <em>throttled</em>: they delay (spec A6).
 */
enum Ec2Code implements AwsCode {
    ACCOUNT_DISABLED("AccountDisabled", 400, DENIED, "Ask AWS support about the account."),
    AUTH_FAILURE("AuthFailure", 401, DENIED, "The credentials are not valid, or not for EC2."),
    BLOCKED("Blocked", 403, DENIED, "Ask AWS support about the account."),
    CUSTOMER_KEY_REVOKED(
            "CustomerKeyHasBeenRevoked",
            400,
            DENIED,
            "The KMS key may not be used any more; look at its grants and state."),
    INVALID_CLIENT_TOKEN_ID("InvalidClientTokenId", 403, DENIED, "The access key does not exist."),
    MISSING_AUTHENTICATION("MissingAuthenticationToken", 403, DENIED, ""),
    OPT_IN_REQUIRED("OptInRequired", 403, DENIED, "The account is not signed up for EC2."),
    PENDING_VERIFICATION("PendingVerification", 403, DENIED, "The account is being verified."),
    SIGNATURE("SignatureDoesNotMatch", 403, DENIED, "The secret key is not that of the access key."),
    UNAUTHORIZED_OPERATION("UnauthorizedOperation", 403, DENIED, ""),
    /** Of keys the list has only that one of them was revoked; these are names that EC2 gives elsewhere, and KMS itself. */
    KMS_ACCESS("KMS.AccessDeniedException", 400, DENIED, "The KMS key's policy does not let these credentials use it."),
    KMS_DISABLED("KMS.DisabledException", 400, DENIED, "The KMS key is disabled; enable it."),
    KMS_STATE("InvalidKMSKey.InvalidState", 400, DENIED, "The KMS key cannot be used in its state."),

    ENCRYPTED_NOT_SUPPORTED("EncryptedVolumesNotSupported", 400, INVALID_REQUEST, ""),
    CLIENT_INVALID_VALUE("ClientInvalidParameterValue", 400, INVALID_REQUEST, ""),
    FILTER_LIMIT("FilterLimitExceeded", 400, INVALID_REQUEST, ""),
    INCOMPLETE_SIGNATURE("IncompleteSignature", 400, INVALID_REQUEST, ""),
    INVALID_ACTION("InvalidAction", 400, INVALID_REQUEST, "The endpoint may not be that of EC2."),
    INVALID_ZONE("InvalidAvailabilityZone", 400, INVALID_REQUEST, ""),
    INVALID_CHARACTER("InvalidCharacter", 400, INVALID_REQUEST, ""),
    INVALID_CLIENT_TOKEN("InvalidClientToken", 400, INVALID_REQUEST, ""),
    INVALID_FILTER("InvalidFilter", 400, INVALID_REQUEST, ""),
    INVALID_ID("InvalidID", 400, INVALID_REQUEST, ""),
    INVALID_INPUT("InvalidInput", 400, INVALID_REQUEST, ""),
    INVALID_MAX_RESULTS("InvalidMaxResults", 400, INVALID_REQUEST, ""),
    INVALID_PARAMETER("InvalidParameter", 400, INVALID_REQUEST, ""),
    INVALID_COMBINATION("InvalidParameterCombination", 400, INVALID_REQUEST, ""),
    INVALID_DEPENDENCY("InvalidParameterDependency", 400, INVALID_REQUEST, ""),
    INVALID_VALUE("InvalidParameterValue", 400, INVALID_REQUEST, ""),
    INVALID_QUERY("InvalidQueryParameter", 400, INVALID_REQUEST, ""),
    INVALID_REQUEST_CODE("InvalidRequest", 400, INVALID_REQUEST, ""),
    INVALID_SNAPSHOT_ID("InvalidSnapshotID.Malformed", 400, INVALID_REQUEST, ""),
    INVALID_TAG_KEY("InvalidTagKey.Malformed", 400, INVALID_REQUEST, ""),
    INVALID_USER_ID("InvalidUserID.Malformed", 400, INVALID_REQUEST, ""),
    INVALID_VOLUME_ID("InvalidVolumeID.Malformed", 400, INVALID_REQUEST, ""),
    VOLUME_ZONE_MISMATCH("InvalidVolume.ZoneMismatch", 400, INVALID_REQUEST, ""),
    VOLUME_ID_ZONE_MISMATCH("InvalidVolumeID.ZoneMismatch", 400, INVALID_REQUEST, ""),
    ZONE_NOT_FOUND("InvalidZone.NotFound", 400, INVALID_REQUEST, "There is no such zone in this region."),
    MALFORMED_QUERY("MalformedQueryString", 400, INVALID_REQUEST, ""),
    MISSING_ACTION("MissingAction", 400, INVALID_REQUEST, ""),
    MISSING_PARAMETER("MissingParameter", 400, INVALID_REQUEST, ""),
    NOT_PERMITTED("OperationNotPermitted", 400, INVALID_REQUEST, ""),
    REQUEST_COUNT("RequestResourceCountExceeded", 400, INVALID_REQUEST, ""),
    TAG_LIMIT("TagLimitExceeded", 400, INVALID_REQUEST, "Give fewer tags."),
    TAG_POLICY("TagPolicyViolation", 400, INVALID_REQUEST, "The organization's tag policy refuses a tag."),
    UNKNOWN_PARAMETER("UnknownParameter", 400, INVALID_REQUEST, ""),
    UNKNOWN_VOLUME_TYPE("UnknownVolumeType", 400, INVALID_REQUEST, ""),
    UNSUPPORTED("Unsupported", 400, INVALID_REQUEST, ""),
    UNSUPPORTED_OPERATION("UnsupportedOperation", 400, INVALID_REQUEST, ""),
    UNSUPPORTED_PROTOCOL("UnsupportedProtocol", 400, INVALID_REQUEST, ""),
    VALIDATION_ERROR("ValidationError", 400, INVALID_REQUEST, ""),
    VOLUME_IOPS("VolumeIOPSLimit", 400, INVALID_REQUEST, "Its type takes fewer IOPS."),
    TYPE_NOT_IN_ZONE("VolumeTypeNotAvailableInZone", 400, INVALID_REQUEST, ""),

    SNAPSHOT_NOT_FOUND("InvalidSnapshot.NotFound", 400, NOT_FOUND, ""),
    VOLUME_NOT_FOUND("InvalidVolume.NotFound", 400, NOT_FOUND, ""),

    /** Its other parameters differ from those that came with the same token before. */
    PARAMETER_MISMATCH("IdempotentParameterMismatch", 400, CONFLICT, "A volume of this name was asked for otherwise."),

    SNAPSHOT_IN_USE("InvalidSnapshot.InUse", 400, IN_USE, ""),
    VOLUME_IN_USE("VolumeInUse", 400, IN_USE, ""),

    /** Not in the list of codes, which has none for this; a refusal by another code is looked into as well. */
    SNAPSHOT_LOCKED("SnapshotLocked", 400, LOCKED, ""),

    CONCURRENT_SNAPSHOTS(
            "ConcurrentSnapshotLimitExceeded",
            400,
            QUOTA,
            "Snapshots of the volume are pending, those that were deleted meanwhile among them."),
    PENDING_SNAPSHOTS("PendingSnapshotLimitExceeded", 400, QUOTA, "Too many snapshots of the account are pending."),
    SNAPSHOT_LIMIT("SnapshotLimitExceeded", 400, QUOTA, "The account has as many snapshots as it may have."),
    VOLUME_LIMIT("VolumeLimitExceeded", 400, QUOTA, "The account has as many volumes as it may have."),
    IOPS_LIMIT("MaxIOPSLimitExceeded", 400, QUOTA, ""),
    RESOURCE_COUNT("ResourceCountExceeded", 400, QUOTA, ""),
    RESOURCE_LIMIT("ResourceLimitExceeded", 400, QUOTA, ""),
    VOLUME_CAPACITY("InsufficientVolumeCapacity", 500, QUOTA, "The zone has no room for such a volume now."),

    SNAPSHOT_RATE(
            "SnapshotCreationPerVolumeRateExceeded", 400, THROTTLED, "A volume may have a snapshot every 15 seconds."),
    REQUEST_LIMIT("RequestLimitExceeded", 503, THROTTLED, ""),
    THROTTLING("Throttling", 400, THROTTLED, ""),

    /** What a volume, or a tag, is busy with may be over the next time. */
    CONCURRENT_TAG_ACCESS("ConcurrentTagAccess", 400, UNAVAILABLE, ""),
    INCORRECT_STATE("IncorrectState", 400, UNAVAILABLE, "It is busy with something else."),
    INVALID_STATE("InvalidState", 400, UNAVAILABLE, "It is busy with something else."),
    /** Of a page that was begun too long ago; the next listing begins anew. */
    INVALID_NEXT_TOKEN("InvalidNextToken", 400, UNAVAILABLE, ""),
    INVALID_PAGINATION_TOKEN("InvalidPaginationToken", 400, UNAVAILABLE, ""),
    /** Credentials that renew themselves are new at the next attempt. */
    REQUEST_EXPIRED(
            "RequestExpired",
            400,
            UNAVAILABLE,
            "The session token has expired, or the clock of this machine is wrong."),
    RETRYABLE("RetryableError", 400, UNAVAILABLE, ""),
    INTERNAL_ERROR("InternalError", 500, UNAVAILABLE, ""),
    INTERNAL_FAILURE("InternalFailure", 500, UNAVAILABLE, ""),
    SERVER_INTERNAL("ServerInternal", 500, UNAVAILABLE, ""),
    SERVICE_UNAVAILABLE("ServiceUnavailable", 503, UNAVAILABLE, ""),
    UNAVAILABLE_CODE("Unavailable", 503, UNAVAILABLE, "");

    /** The least time between two snapshots of a volume, by the words of {@code SnapshotCreationPerVolumeRateExceeded}. */
    static final Duration BETWEEN_SNAPSHOTS = Duration.ofSeconds(15);

    /** How many snapshots of a volume of most types may be pending, by the quotas of EBS; of st1 and sc1 it is one. */
    static final int PENDING_PER_VOLUME = 5;

    private static final Map<String, Ec2Code> BY_TEXT =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Ec2Code::text, Function.identity()));

    private final String text;
    private final int status;
    private final ErrorKind kind;
    private final String remedy;

    Ec2Code(String text, int status, ErrorKind kind, String remedy) {
        this.text = text;
        this.status = status;
        this.kind = kind;
        this.remedy = remedy;
    }

    static Optional<Ec2Code> of(@Nullable String text) {
        return text == null ? Optional.empty() : Optional.ofNullable(BY_TEXT.get(text));
    }

    /** {@return the kind of an answer whose code is not known} */
    static ErrorKind kindOf(int status) {
        return switch (status) {
            case 401, 403 -> DENIED;
            case 429, 503 -> THROTTLED;
            default -> status >= 500 ? UNAVAILABLE : INVALID_REQUEST;
        };
    }

    @Override
    public String text() {
        return text;
    }

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

    @Override
    public Duration patience() {
        return this == SNAPSHOT_RATE ? BETWEEN_SNAPSHOTS : AwsErrors.PATIENCE;
    }
}
