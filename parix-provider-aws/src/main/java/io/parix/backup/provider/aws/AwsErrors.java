package io.parix.backup.provider.aws;

import io.parix.backup.Printable;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkInterruptedException;

/** Sorts what the SDK throws into the closed set of kinds, by a service's table: {@link S3Code}, {@link Ec2Code}. */
final class AwsErrors {
    /** How long to wait where the place asks for patience and does not say how much. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    /** A place that asks for more has said something else. */
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private static final int REFUSED = 503;

    private final String service;
    private final Function<String, Optional<? extends AwsCode>> table;
    private final IntFunction<ErrorKind> byStatus;
    private final IntPredicate open;
    private final InstantSource clock;

    private AwsErrors(
            String service,
            Function<String, Optional<? extends AwsCode>> table,
            IntFunction<ErrorKind> byStatus,
            IntPredicate open,
            InstantSource clock) {
        this.service = service;
        this.table = table;
        this.byStatus = byStatus;
        this.open = open;
        this.clock = clock;
    }

    /** {@return the errors of S3, which has not begun what it refuses by 503; and who writes again compares} */
    static AwsErrors ofS3(InstantSource clock) {
        return new AwsErrors("S3", S3Code::of, S3Code::kindOf, status -> status >= 500 && status != REFUSED, clock);
    }

    /** {@return the errors of EC2, of which none says that a server which has failed made no snapshot} */
    static AwsErrors ofEc2(InstantSource clock) {
        return new AwsErrors("EC2", Ec2Code::of, Ec2Code::kindOf, status -> status >= 500, clock);
    }

    /**
     * Translates an error of a call that changes nothing, or whose request was not sent whole.
     *
     * @param call what was being done
     * @param e what was caught
     * @return the error, to be thrown
     */
    ProviderException of(AwsCall call, RuntimeException e) {
        return translate(call, e, ErrorKind.UNAVAILABLE);
    }

    /**
     * Translates an error of a call that may have done its work.
     *
     * @param call what was being done
     * @param e what was caught
     * @return the error, to be thrown; of kind {@link ErrorKind#OUTCOME_UNKNOWN} where no answer tells the outcome
     */
    ProviderException ofSent(AwsCall call, RuntimeException e) {
        return translate(call, e, ErrorKind.OUTCOME_UNKNOWN);
    }

    private ProviderException translate(AwsCall call, RuntimeException e, ErrorKind unanswered) {
        if (e instanceof ProviderException known) {
            return known;
        }
        if (e instanceof AwsServiceException answer) {
            return answered(call, answer, unanswered);
        }
        if (wasInterrupted(e)) {
            // Whoever interrupts waits for the thread to notice, and catching it must not hide it.
            Thread.currentThread().interrupt();
            return failed(ErrorKind.CANCELLED, call, "the thread was interrupted", e);
        }
        if (e instanceof ApiCallTimeoutException || e instanceof ApiCallAttemptTimeoutException) {
            ErrorKind kind = unanswered == ErrorKind.OUTCOME_UNKNOWN ? unanswered : ErrorKind.CANCELLED;
            return failed(
                    kind, call, "there was no answer within " + call.context().timeout(), e);
        }
        return call.isOpen()
                ? failed(unanswered, call, "there was no answer, " + words(e), e)
                : failed(ErrorKind.CANCELLED, call, "the session was closed", e);
    }

    private ProviderException answered(AwsCall call, AwsServiceException e, ErrorKind unanswered) {
        Optional<AwsCode> code = table.apply(codeOf(e)).map(row -> row);
        boolean unknown = code.isEmpty() && !e.isThrottlingException();
        ErrorKind kind =
                code.map(AwsCode::kind).orElseGet(() -> unknown ? byStatus.apply(e.statusCode()) : ErrorKind.THROTTLED);
        String fact = "Failed " + call.doing() + ": " + service + " answered " + e.statusCode() + " " + sentence(e)
                + code.map(AwsCode::remedy)
                        .filter(text -> !text.isEmpty())
                        .map(text -> " " + text)
                        .orElse("")
                + (kind == ErrorKind.DENIED ? " It needs " + call.permission() + "." : "");
        // A server that has failed after it had everything may have done it, whenever it says that it will be back.
        if (unanswered == ErrorKind.OUTCOME_UNKNOWN
                && (unknown || kind == ErrorKind.UNAVAILABLE)
                && open.test(e.statusCode())) {
            return new ProviderException(unanswered, fact, e);
        }
        Optional<Duration> asked = retryAfter(e);
        // A server that is away and says for how long has refused, and would only refuse again before.
        boolean away = kind == ErrorKind.UNAVAILABLE && e.statusCode() == REFUSED && asked.isPresent();
        return kind == ErrorKind.THROTTLED || away
                ? ProviderException.throttled(
                        fact, asked.orElseGet(() -> code.map(AwsCode::patience).orElse(PATIENCE)), e)
                : new ProviderException(kind, fact, e);
    }

    /** {@return the code of an answer; empty where it has none} */
    static String codeOf(AwsServiceException e) {
        return Optional.ofNullable(e.awsErrorDetails())
                .map(AwsErrorDetails::errorCode)
                .orElse("");
    }

    /** The message of the service and no more: the body of an answer may hold a session token. */
    private static String sentence(AwsServiceException e) {
        String message = Optional.ofNullable(e.awsErrorDetails())
                .map(AwsErrorDetails::errorMessage)
                .orElse("");
        String code = codeOf(e);
        return (code.isEmpty() ? "without a code" : Printable.quote(code))
                + (message.isEmpty() ? "" : ", " + Printable.quote(message))
                + (e.requestId() == null ? "" : ", request " + Printable.quote(e.requestId()))
                + ".";
    }

    private Optional<Duration> retryAfter(AwsServiceException e) {
        return Optional.ofNullable(e.awsErrorDetails())
                .map(AwsErrorDetails::sdkHttpResponse)
                .flatMap(answer -> answer.firstMatchingHeader("Retry-After"))
                .flatMap(this::parse)
                .filter(wait -> !wait.isNegative() && !wait.isZero())
                .map(wait -> wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
    }

    /** Seconds, or a date (RFC 9110, 10.2.3). */
    private Optional<Duration> parse(String text) {
        if (text.matches("[0-9]{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        return date(text).map(until -> Duration.between(clock.instant(), until));
    }

    /** {@return the instant that a header of HTTP names} */
    static Optional<Instant> date(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static boolean wasInterrupted(Throwable e) {
        return e instanceof AbortedException
                || Stream.iterate(e, Objects::nonNull, Throwable::getCause)
                        .limit(20)
                        .anyMatch(cause ->
                                cause instanceof InterruptedException || cause instanceof SdkInterruptedException);
    }

    private static ProviderException failed(ErrorKind kind, AwsCall call, String fact, RuntimeException e) {
        return new ProviderException(kind, "Failed " + call.doing() + ": " + fact + ".", e);
    }

    /** The innermost cause says what happened to the connection. */
    private static String words(Throwable e) {
        Throwable root = Stream.iterate(e, Objects::nonNull, Throwable::getCause)
                .limit(20)
                .reduce((outer, inner) -> inner)
                .orElse(e);
        return root.getClass().getSimpleName() + " " + Printable.quote(String.valueOf(root.getMessage()));
    }
}
