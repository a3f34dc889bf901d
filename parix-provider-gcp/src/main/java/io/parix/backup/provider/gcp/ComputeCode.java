package io.parix.backup.provider.gcp;

import static io.parix.backup.spi.ErrorKind.ALREADY_EXISTS;
import static io.parix.backup.spi.ErrorKind.DENIED;
import static io.parix.backup.spi.ErrorKind.INVALID_REQUEST;
import static io.parix.backup.spi.ErrorKind.IN_USE;
import static io.parix.backup.spi.ErrorKind.NOT_FOUND;
import static io.parix.backup.spi.ErrorKind.QUOTA;
import static io.parix.backup.spi.ErrorKind.THROTTLED;
import static io.parix.backup.spi.ErrorKind.UNAVAILABLE;

import io.parix.backup.spi.ErrorKind;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The errors of Compute Engine for the calls used here, each with its kind: the one table. An answer has a reason, an operation that has
 * ended has a code; words in capitals are such codes, or the finer reason in an answer's details.
 *
 * <p>Sources: "Troubleshooting API errors", "API rate quotas", "Concurrent operation quotas", "Best practices for disk snapshots" and
 * "Troubleshooting resource availability" of the Compute Engine documentation, the API's discovery document, and of keys what users
 * report. There is no list of all of them; what stands in none is of its status' kind. Limits are <em>quota</em> or <em>throttled</em>: they delay (spec A6).
 */
enum ComputeCode implements GcpCode {
    BAD_REQUEST("badRequest", 400, INVALID_REQUEST, ""),
    INVALID("invalid", 400, INVALID_REQUEST, ""),
    INVALID_PARAMETER("invalidParameter", 400, INVALID_REQUEST, ""),
    REQUIRED("required", 400, INVALID_REQUEST, ""),
    PARSE_ERROR("parseError", 400, INVALID_REQUEST, ""),
    CONDITION_NOT_MET("conditionNotMet", 412, INVALID_REQUEST, "A policy of the organization may forbid it."),
    BAD_REQUEST_OF_OPERATION("BAD_REQUEST", 400, INVALID_REQUEST, ""),
    INVALID_FIELD("INVALID_FIELD_VALUE", 400, INVALID_REQUEST, ""),
    INVALID_USAGE("INVALID_USAGE", 400, INVALID_REQUEST, ""),
    UNSUPPORTED("UNSUPPORTED_OPERATION", 400, INVALID_REQUEST, ""),
    CONDITION_OF_OPERATION("CONDITION_NOT_MET", 412, INVALID_REQUEST, "A policy of the organization may forbid it."),

    /** A token that is refreshed is new at the next request. */
    AUTH_ERROR("authError", 401, UNAVAILABLE, "The access token has expired or is not valid."),
    FORBIDDEN("forbidden", 403, DENIED, ""),
    INSUFFICIENT("insufficientPermissions", 403, DENIED, "The credentials may lack the scope of Compute Engine."),
    NOT_CONFIGURED("accessNotConfigured", 403, DENIED, "The Compute Engine API is not enabled in the project."),
    DISABLED("SERVICE_DISABLED", 403, DENIED, "The Compute Engine API is not enabled in the project."),
    SCOPES("ACCESS_TOKEN_SCOPE_INSUFFICIENT", 403, DENIED, "The credentials lack the scope of Compute Engine."),
    NO_BILLING("BILLING_DISABLED", 403, DENIED, "The project has no billing account."),
    PERMISSIONS("PERMISSIONS_ERROR", 403, DENIED, ""),
    KMS(
            "kmsPermissionDenied",
            400,
            DENIED,
            "Compute Engine's service agent may not use the KMS key; give it cryptoKeyEncrypterDecrypter on it."),
    KMS_OF_OPERATION(
            "KMS_PERMISSION_DENIED",
            400,
            DENIED,
            "Compute Engine's service agent may not use the KMS key; give it cryptoKeyEncrypterDecrypter on it."),

    NOT_THERE("notFound", 404, NOT_FOUND, ""),
    NOT_THERE_OF_OPERATION("RESOURCE_NOT_FOUND", 404, NOT_FOUND, ""),
    EXISTS("alreadyExists", 409, ALREADY_EXISTS, ""),
    EXISTS_OF_OPERATION("RESOURCE_ALREADY_EXISTS", 409, ALREADY_EXISTS, ""),
    USED("resourceInUseByAnotherResource", 400, IN_USE, ""),
    USED_OF_OPERATION("RESOURCE_IN_USE_BY_ANOTHER_RESOURCE", 400, IN_USE, ""),

    RATE("rateLimitExceeded", 403, THROTTLED, ""),
    USER_RATE("userRateLimitExceeded", 403, THROTTLED, ""),
    RATE_OF_REQUESTS("RATE_LIMIT_EXCEEDED", 403, THROTTLED, ""),
    CONCURRENT("CONCURRENT_OPERATIONS_QUOTA_EXCEEDED", 403, THROTTLED, "As many operations are under way as may be."),
    DISK_RATE("RESOURCE_OPERATION_RATE_EXCEEDED", 403, THROTTLED, "It was used too often in the last hour."),
    QUOTA_REACHED("quotaExceeded", 403, QUOTA, "The project has as many as it may have."),
    LIMIT_REACHED("limitExceeded", 403, QUOTA, "The project has as many as it may have."),
    QUOTA_OF_OPERATION("QUOTA_EXCEEDED", 403, QUOTA, "The project has as many as it may have."),
    LIMIT_OF_OPERATION("LIMIT_EXCEEDED", 403, QUOTA, "The project has as many as it may have."),
    POOL("ZONE_RESOURCE_POOL_EXHAUSTED", 503, QUOTA, "The zone has no room for such a disk now."),
    POOL_DETAILS("ZONE_RESOURCE_POOL_EXHAUSTED_WITH_DETAILS", 503, QUOTA, "The zone has no room for such a disk now."),
    POOL_ANY("RESOURCE_POOL_EXHAUSTED", 503, QUOTA, "There is no room for such a disk now."),
    STOCKOUT("STOCKOUT", 503, QUOTA, "The zone has no room for such a disk now."),

    NOT_READY("resourceNotReady", 400, UNAVAILABLE, "It is busy with something else."),
    NOT_READY_OF_OPERATION("RESOURCE_NOT_READY", 400, UNAVAILABLE, "It is busy with something else."),
    BACKEND("backendError", 503, UNAVAILABLE, ""),
    INTERNAL("internalError", 500, UNAVAILABLE, ""),
    INTERNAL_OF_OPERATION("INTERNAL_ERROR", 500, UNAVAILABLE, ""),
    BAD_GATEWAY("badGateway", 502, UNAVAILABLE, ""),
    GATEWAY_TIMEOUT("gatewayTimeout", 504, UNAVAILABLE, "");

    /** "Best practices for disk snapshots": one of a disk in ten minutes, or six at once in an hour. */
    static final Duration BETWEEN_SNAPSHOTS = Duration.ofMinutes(10);

    /** Rates of requests are counted by the minute ("API rate quotas"). */
    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    private static final Map<String, ComputeCode> BY_TEXT =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(each -> each.text, Function.identity()));

    private final String text;
    private final int status;
    private final ErrorKind kind;
    private final String remedy;

    ComputeCode(String text, int status, ErrorKind kind, String remedy) {
        this.text = text;
        this.status = status;
        this.kind = kind;
        this.remedy = remedy;
    }

    static Optional<ComputeCode> of(String text) {
        return Optional.ofNullable(BY_TEXT.get(text));
    }

    /** {@return the kind of an answer, or of an operation, whose word is not known} */
    static ErrorKind kindOf(int status) {
        return switch (status) {
            case 403 -> DENIED;
            case 404 -> NOT_FOUND;
            case 409 -> ALREADY_EXISTS;
            case 429 -> THROTTLED;
            case 401, 408, 410 -> UNAVAILABLE;
            default -> status >= 500 ? UNAVAILABLE : INVALID_REQUEST;
        };
    }

    /** {@return the reason of an answer, or the code of an operation} */
    String text() {
        return text;
    }

    /** {@return the HTTP status that it comes with} */
    int status() {
        return status;
    }

    /** {@return whether it is one of an operation that has ended, or of an answer's details} */
    boolean isOfOperation() {
        return text.equals(text.toUpperCase(Locale.ROOT));
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
        return this == DISK_RATE ? BETWEEN_SNAPSHOTS : A_MINUTE;
    }
}
