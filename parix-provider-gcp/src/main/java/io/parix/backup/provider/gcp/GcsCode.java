package io.parix.backup.provider.gcp;

import static io.parix.backup.spi.ErrorKind.ALREADY_EXISTS;
import static io.parix.backup.spi.ErrorKind.DENIED;
import static io.parix.backup.spi.ErrorKind.INVALID_REQUEST;
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
 * The errors that Cloud Storage documents for the calls used here, by status and reason, each with its kind: the one table.
 *
 * <p>Source: "HTTP status and error codes for JSON" of the Cloud Storage reference. One reason comes with several statuses, and
 * one status with many reasons, so both are needed. What may pass by itself is <em>unavailable</em>, which the engine repeats a
 * bounded number of times; what needs a person is not.
 */
enum GcsCode implements GcpCode {
    BAD_REQUEST(400, "badRequest", INVALID_REQUEST, ""),
    BAD_REQUEST_EXCEPTION(400, "badRequestException", INVALID_REQUEST, ""),
    KMS_BAD_KEY(400, "cloudKmsBadKey", INVALID_REQUEST, "Set kms-key right."),
    KMS_OTHER_KEY(400, "cloudKmsCannotChangeKeyName", INVALID_REQUEST, ""),
    KMS_NO_DECRYPTION_KEY(400, "cloudKmsDecryptionKeyNotFound", INVALID_REQUEST, "The KMS key is gone."),
    KMS_DISABLED(400, "cloudKmsDisabledKey", DENIED, "The KMS key is disabled or destroyed; enable it."),
    KMS_NO_ENCRYPTION_KEY(400, "cloudKmsEncryptionKeyNotFound", INVALID_REQUEST, "The KMS key does not exist."),
    KMS_LOCATION(400, "cloudKmsKeyLocationNotAllowed", INVALID_REQUEST, "The KMS key is not where the bucket is."),
    CUSTOMER_ALGORITHM(400, "customerEncryptionAlgorithmIsInvalid", INVALID_REQUEST, ""),
    CUSTOMER_KEY_FORMAT(400, "customerEncryptionKeyFormatIsInvalid", INVALID_REQUEST, ""),
    CUSTOMER_KEY(400, "customerEncryptionKeyIsIncorrect", INVALID_REQUEST, ""),
    CUSTOMER_KEY_SHA(400, "customerEncryptionKeySha256IsInvalid", INVALID_REQUEST, ""),
    INVALID(400, "invalid", INVALID_REQUEST, ""),
    INVALID_ALT(400, "invalidAltValue", INVALID_REQUEST, ""),
    INVALID_ARGUMENT(400, "invalidArgument", INVALID_REQUEST, ""),
    INVALID_PARAMETER(400, "invalidParameter", INVALID_REQUEST, ""),
    NOT_DOWNLOAD(400, "notDownload", INVALID_REQUEST, ""),
    NOT_UPLOAD(400, "notUpload", INVALID_REQUEST, ""),
    PARSE_ERROR(400, "parseError", INVALID_REQUEST, ""),
    REQUIRED(400, "required", INVALID_REQUEST, ""),
    CUSTOMER_ENCRYPTED(
            400, "resourceIsEncryptedWithCustomerEncryptionKey", INVALID_REQUEST, "A customer's key is needed."),
    NOT_CUSTOMER_ENCRYPTED(400, "resourceNotEncryptedWithCustomerEncryptionKey", INVALID_REQUEST, ""),
    TURNED_DOWN(400, "turnedDown", INVALID_REQUEST, "The client library is too old."),
    USER_PROJECT_INCONSISTENT(400, "userProjectInconsistent", INVALID_REQUEST, ""),
    USER_PROJECT_INVALID(400, "userProjectInvalid", INVALID_REQUEST, "Set user-project right."),
    USER_PROJECT_MISSING(400, "userProjectMissing", INVALID_REQUEST, "The requester pays; set user-project."),
    WRONG_URL(400, "wrongUrlForUpload", INVALID_REQUEST, ""),

    /** A token that is refreshed is new at the next attempt, and the library does so. */
    AUTH_ERROR(401, "authError", UNAVAILABLE, "The access token has expired or is not valid."),
    LOGIN_REQUIRED(401, "required", DENIED, "No credentials were sent."),
    PAYER_UNKNOWN(401, "AuthenticationRequiredRequesterPays", DENIED, "The requester pays, and must be known."),
    LOCKED_DOMAIN(401, "lockedDomainExpired", UNAVAILABLE, ""),

    ACCOUNT_DISABLED(403, "accountDisabled", DENIED, "Ask Google support about the bucket's project."),
    COUNTRY_BLOCKED(403, "countryBlocked", DENIED, ""),
    FORBIDDEN(403, "forbidden", DENIED, ""),
    INSUFFICIENT(403, "insufficientPermissions", DENIED, ""),
    SSL_REQUIRED(403, "sslRequired", INVALID_REQUEST, "The endpoint must be https."),
    NOT_CONFIGURED(403, "accessNotConfigured", DENIED, "The Cloud Storage API is not enabled in the project."),
    USER_PROJECT_DENIED(403, "UserProjectAccessDenied", DENIED, "The project in user-project may not be used."),
    USER_PROJECT_ACCOUNT(403, "UserProjectAccountProblem", DENIED, "The project in user-project cannot pay."),
    HELD(403, "objectUnderActiveHold", LOCKED, ""),
    RETAINED(403, "retentionPolicyNotMet", LOCKED, ""),
    RATE_LIMIT(403, "rateLimitExceeded", THROTTLED, ""),
    USER_RATE_LIMIT(403, "userRateLimitExceeded", THROTTLED, ""),
    QUOTA_EXCEEDED(403, "quotaExceeded", QUOTA, "The project's quota is used up."),

    NOT_THERE(404, "notFound", NOT_FOUND, ""),
    METHOD_NOT_ALLOWED(405, "methodNotAllowed", INVALID_REQUEST, ""),
    /** Nothing was written of it. */
    UPLOAD_BROKEN(408, "uploadBrokenConnection", UNAVAILABLE, ""),
    /** A concurrent change: nothing was done, and it can be repeated. */
    CONFLICT(409, "conflict", UNAVAILABLE, ""),
    GONE(410, "gone", UNAVAILABLE, ""),
    CONDITION_NOT_MET(412, "conditionNotMet", ALREADY_EXISTS, ""),
    ORG_POLICY(412, "orgPolicyConstraintFailed", DENIED, "A policy of the organization forbids it."),
    TOO_LARGE(413, "uploadTooLarge", INVALID_REQUEST, ""),
    RANGE(416, "requestedRangeNotSatisfiable", INVALID_REQUEST, ""),
    TOO_MANY(429, "rateLimitExceeded", THROTTLED, ""),
    TOO_MANY_OF_USER(429, "userRateLimitExceeded", THROTTLED, ""),

    BACKEND_ERROR(500, "backendError", UNAVAILABLE, ""),
    INTERNAL_ERROR(500, "internalError", UNAVAILABLE, ""),
    BAD_GATEWAY(502, "badGateway", UNAVAILABLE, ""),
    SERVICE_UNAVAILABLE(503, "backendError", UNAVAILABLE, ""),
    GATEWAY_TIMEOUT(504, "gatewayTimeout", UNAVAILABLE, "");

    private static final Map<String, GcsCode> BY_BOTH = Arrays.stream(values())
            .collect(Collectors.toUnmodifiableMap(each -> each.status + " " + each.reason, Function.identity()));

    private final int status;
    private final String reason;
    private final ErrorKind kind;
    private final String remedy;

    GcsCode(int status, String reason, ErrorKind kind, String remedy) {
        this.status = status;
        this.reason = reason;
        this.kind = kind;
        this.remedy = remedy;
    }

    static Optional<GcsCode> of(int status, @Nullable String reason) {
        return reason == null ? Optional.empty() : Optional.ofNullable(BY_BOTH.get(status + " " + reason));
    }

    /** {@return the kind of an answer without a reason that is known: many have none, those to a read among them} */
    static ErrorKind kindOf(int status) {
        return switch (status) {
            case 403 -> DENIED;
            case 404 -> NOT_FOUND;
            case 412 -> ALREADY_EXISTS;
            case 429 -> THROTTLED;
            case 401, 408, 409, 410 -> UNAVAILABLE;
            default -> status >= 500 ? UNAVAILABLE : INVALID_REQUEST;
        };
    }

    /** {@return the HTTP status} */
    int status() {
        return status;
    }

    /** {@return the reason of the first error in the answer} */
    String reason() {
        return reason;
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
        return GcpErrors.PATIENCE;
    }
}
