package io.parix.backup.provider.gcp;

import com.google.api.client.googleapis.json.GoogleJsonError;
import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.cloud.BaseServiceException;
import io.parix.backup.Printable;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Sorts what Google's client throws into the closed set of kinds, by the table {@link GcsCode}. */
final class GcpErrors {
    /** How long to wait where the place asks for patience and does not say how much. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    /** A place that asks for more has said something else. */
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private static final int DEEPEST = 20;
    private static final int REFUSED = 503;

    private final InstantSource clock;

    GcpErrors(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Translates an error of a call that changes nothing, or whose request was not sent whole.
     *
     * @param call what was being done
     * @param e what was caught
     * @return the error, to be thrown
     */
    ProviderException of(GcpCall call, RuntimeException e) {
        return translate(call, e, ErrorKind.UNAVAILABLE);
    }

    /**
     * Translates an error of a call that may have done its work.
     *
     * @param call what was being done
     * @param e what was caught
     * @return the error, to be thrown; of kind {@link ErrorKind#OUTCOME_UNKNOWN} where no answer tells the outcome
     */
    ProviderException ofSent(GcpCall call, RuntimeException e) {
        return translate(call, e, ErrorKind.OUTCOME_UNKNOWN);
    }

    /**
     * Translates an error of a write that was sent whole. Other bytes than the CRC-32C of the request are refused as a value that
     * is <em>invalid</em>, and no other value of such a request is told to be.
     *
     * @param call what was being done
     * @param e what was caught
     * @return the error, to be thrown
     */
    ProviderException ofWritten(GcpCall call, RuntimeException e) {
        ProviderException error = ofSent(call, e);
        boolean invalid = find(e, BaseServiceException.class)
                .flatMap(answer -> GcsCode.of(answer.getCode(), answer.getReason()))
                .filter(GcsCode.INVALID::equals)
                .isPresent();
        return invalid
                ? new ProviderException(
                        ErrorKind.CORRUPT, error.getMessage() + " The bytes may have changed on their way.")
                : error;
    }

    /**
     * Translates the refusal of one part of a batch.
     *
     * @param call what was being done
     * @param e the part's error
     * @return the error
     */
    ProviderException ofPart(GcpCall call, BaseServiceException e) {
        return answered(call, e, ErrorKind.OUTCOME_UNKNOWN);
    }

    private ProviderException translate(GcpCall call, RuntimeException e, ErrorKind unanswered) {
        Optional<BaseServiceException> answer =
                find(e, BaseServiceException.class).filter(each -> each.getCode() > 0);
        return answer.isPresent() && find(e, ProviderException.class).isEmpty()
                ? answered(call, answer.get(), unanswered)
                : unanswered(call, e, unanswered);
    }

    /**
     * Translates what happened instead of an answer.
     *
     * @param call what was being done
     * @param e what was caught
     * @param unanswered the kind of a request that may have been heard
     * @return the error
     */
    ProviderException unanswered(GcpCall call, RuntimeException e, ErrorKind unanswered) {
        Optional<ProviderException> known = find(e, ProviderException.class);
        if (known.isPresent()) {
            return known.get();
        }
        if (Thread.currentThread().isInterrupted()
                || find(e, InterruptedException.class).isPresent()) {
            // Whoever interrupts waits for the thread to notice, and catching it must not hide it.
            Thread.currentThread().interrupt();
            return failed(ErrorKind.CANCELLED, call, "the thread was interrupted", e);
        }
        if (call.isLate()) {
            ErrorKind kind = unanswered == ErrorKind.OUTCOME_UNKNOWN ? unanswered : ErrorKind.CANCELLED;
            return failed(
                    kind, call, "there was no answer within " + call.context().timeout(), e);
        }
        return call.isOpen()
                ? failed(unanswered, call, "there was no answer, " + words(e), e)
                : failed(ErrorKind.CANCELLED, call, "the session was closed", e);
    }

    /** Without a cause: it would print the body of the answer, which may hold what was sent. */
    private ProviderException answered(GcpCall call, BaseServiceException e, ErrorKind unanswered) {
        Optional<GcsCode> code = GcsCode.of(e.getCode(), e.getReason());
        ErrorKind kind = code.map(GcsCode::kind).orElseGet(() -> GcsCode.kindOf(e.getCode()));
        String fact = "Cloud Storage answered " + e.getCode() + " " + sentence(call, e)
                + code.map(GcsCode::remedy)
                        .filter(text -> !text.isEmpty())
                        .map(text -> " " + text)
                        .orElse("")
                + (kind == ErrorKind.DENIED ? " It needs " + call.permission() + "." : "");
        if (kind == ErrorKind.THROTTLED || isAway(call, kind, e.getCode(), unanswered)) {
            return ProviderException.throttled(
                    "Failed " + call.doing() + ": " + fact, retryAfter(call, PATIENCE), null);
        }
        // A server that has failed after it had everything may have done it.
        boolean open = kind == ErrorKind.UNAVAILABLE && e.getCode() >= 500;
        return new ProviderException(open ? unanswered : kind, "Failed " + call.doing() + ": " + fact);
    }

    /** The message of the service and no more. */
    private static String sentence(GcpCall call, BaseServiceException e) {
        String reason = Objects.requireNonNullElse(e.getReason(), "");
        String message = message(e);
        return (reason.isEmpty() ? "without a reason" : Printable.quote(reason))
                + (message.isEmpty() ? "" : ", " + Printable.quote(message))
                + call.header("X-GUploader-UploadID")
                        .map(id -> ", request " + Printable.quote(id))
                        .orElse("")
                + ".";
    }

    private static String message(BaseServiceException e) {
        Throwable cause = e.getCause();
        if (cause == null) {
            return Objects.requireNonNullElse(e.getMessage(), "");
        }
        return cause instanceof GoogleJsonResponseException json
                ? Optional.ofNullable(json.getDetails())
                        .map(GoogleJsonError::getMessage)
                        .orElse("")
                : "";
    }

    /**
     * Whether a server is away and says for how long, so that asking before would be in vain.
     *
     * @param call what was being done
     * @param kind of the answer
     * @param status of the answer
     * @param unanswered the kind of a request that may have been heard: of one that may be done only asking again tells
     */
    boolean isAway(GcpCall call, ErrorKind kind, int status, ErrorKind unanswered) {
        return kind == ErrorKind.UNAVAILABLE
                && status == REFUSED
                && unanswered == ErrorKind.UNAVAILABLE
                && retryAfter(call).isPresent();
    }

    /** {@return how long the latest answer asks to wait; or what stands here where it does not} */
    Duration retryAfter(GcpCall call, Duration otherwise) {
        return retryAfter(call).orElse(otherwise);
    }

    private Optional<Duration> retryAfter(GcpCall call) {
        return call.header("Retry-After")
                .flatMap(this::parse)
                .filter(wait -> !wait.isNegative() && !wait.isZero())
                .map(wait -> wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
    }

    /** Seconds, or a date (RFC 9110, 10.2.3). */
    private Optional<Duration> parse(String text) {
        if (text.matches("[0-9]{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            return Optional.of(Duration.between(
                    clock.instant(),
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static ProviderException failed(ErrorKind kind, GcpCall call, String fact, RuntimeException e) {
        return new ProviderException(kind, "Failed " + call.doing() + ": " + fact + ".", e);
    }

    /** {@return the first of a type among an error and its causes} */
    static <T extends Throwable> Optional<T> find(Throwable e, Class<T> type) {
        return causes(e).filter(type::isInstance).map(type::cast).findFirst();
    }

    private static Stream<Throwable> causes(Throwable e) {
        return Stream.iterate(e, Objects::nonNull, Throwable::getCause).limit(DEEPEST);
    }

    /** The innermost cause says what happened to the connection. */
    private static String words(Throwable e) {
        Throwable root = causes(e).reduce((outer, inner) -> inner).orElse(e);
        return root.getClass().getSimpleName() + " " + Printable.quote(String.valueOf(root.getMessage()));
    }
}
