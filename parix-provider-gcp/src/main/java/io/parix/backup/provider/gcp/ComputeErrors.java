package io.parix.backup.provider.gcp;

import com.google.api.client.googleapis.json.GoogleJsonError;
import com.google.api.client.googleapis.json.GoogleJsonError.Details;
import com.google.api.client.googleapis.json.GoogleJsonError.ErrorInfo;
import com.google.api.client.googleapis.json.GoogleJsonErrorContainer;
import com.google.api.client.http.HttpResponseException;
import com.google.api.client.json.gson.GsonFactory;
import com.google.cloud.compute.v1.Errors;
import com.google.cloud.compute.v1.Operation;
import io.parix.backup.Printable;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Sorts what Google's client of Compute Engine throws, and how operations ended, into the closed set of kinds, by {@link ComputeCode}. */
final class ComputeErrors {
    private static final Duration HEARD = Duration.ofSeconds(10);
    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    private final GcpErrors errors;

    ComputeErrors(GcpErrors errors) {
        this.errors = errors;
    }

    /**
     * Translates an error of a call that changes nothing.
     *
     * @param call what was being done
     * @param permission what it needs
     * @param e what was caught
     * @return the error, to be thrown
     */
    ProviderException of(GcpCall call, String permission, RuntimeException e) {
        return translate(call, permission, e, ErrorKind.UNAVAILABLE);
    }

    /**
     * Translates an error of a call that may have done its work.
     *
     * @param call what was being done
     * @param permission what it needs
     * @param e what was caught
     * @return the error, to be thrown; of kind {@link ErrorKind#OUTCOME_UNKNOWN} where no answer tells the outcome
     */
    ProviderException ofSent(GcpCall call, String permission, RuntimeException e) {
        return translate(call, permission, e, ErrorKind.OUTCOME_UNKNOWN);
    }

    private ProviderException translate(GcpCall call, String permission, RuntimeException e, ErrorKind unanswered) {
        Optional<HttpResponseException> answer = GcpErrors.find(e, HttpResponseException.class);
        return answer.isPresent() && GcpErrors.find(e, ProviderException.class).isEmpty()
                ? answered(call, permission, answer.get(), unanswered)
                : errors.unanswered(call, e, unanswered);
    }

    /** Without a cause: it would print the body of the answer, which may hold what was sent. */
    private ProviderException answered(GcpCall call, String permission, HttpResponseException e, ErrorKind unanswered) {
        Told told = Told.in(Objects.requireNonNullElse(e.getContent(), ""));
        Optional<ComputeCode> code = ComputeCode.of(told.detail()).or(() -> ComputeCode.of(told.reason()));
        int status = e.getStatusCode();
        ErrorKind kind = code.map(ComputeCode::kind).orElseGet(() -> ofUnknown(told.reason(), status));
        String fact = "Compute Engine answered " + status + " " + told.words() + remedy(code)
                + (kind == ErrorKind.DENIED ? " It needs " + permission + "." : "");
        if (kind == ErrorKind.THROTTLED || errors.isAway(call, kind, status, unanswered)) {
            Duration otherwise = code.map(ComputeCode::patience).orElse(GcpErrors.PATIENCE);
            return ProviderException.throttled(
                    "Failed " + call.doing() + ": " + fact, errors.retryAfter(call, otherwise), null);
        }
        // A server that has failed after it had everything may have done it.
        boolean open = kind == ErrorKind.UNAVAILABLE && status >= 500;
        return new ProviderException(open ? unanswered : kind, "Failed " + call.doing() + ": " + fact);
    }

    /** Keys have more reasons than anybody lists; all of them are for whoever holds the key. */
    private static ErrorKind ofUnknown(String word, int status) {
        return word.startsWith("kms") || word.startsWith("KMS_") ? ErrorKind.DENIED : ComputeCode.kindOf(status);
    }

    private static String remedy(Optional<ComputeCode> code) {
        return code.map(ComputeCode::remedy)
                .filter(text -> !text.isEmpty())
                .map(text -> " " + text)
                .orElse("");
    }

    /**
     * Tells how an operation failed.
     *
     * @param call what was being done
     * @param permission what the request needed
     * @param ended the operation, with an error
     * @param wait how long a limit is still to be waited for
     * @return the error
     */
    ProviderException of(GcpCall call, String permission, Operation ended, Duration wait) {
        Errors first = first(ended);
        ErrorKind kind = kindOf(ended);
        String message = "Failed " + call.doing() + ": " + words(ended) + remedy(ComputeCode.of(first.getCode()))
                + (kind == ErrorKind.DENIED ? " It needs " + permission + "." : "");
        return kind == ErrorKind.THROTTLED
                ? ProviderException.throttled(message, wait, null)
                : new ProviderException(kind, message);
    }

    /** {@return of which kind an operation's error is} */
    static ErrorKind kindOf(Operation ended) {
        String word = first(ended).getCode();
        return ComputeCode.of(word)
                .map(ComputeCode::kind)
                .orElseGet(() -> ofUnknown(word, ended.getHttpErrorStatusCode()));
    }

    /**
     * How long after its end an operation's error is the answer to its request: what is worth repeating until somebody has heard it, a
     * limit until it has passed, and what no time mends for longer.
     *
     * @param ended the operation, with an error
     * @return how long
     */
    static Duration patience(Operation ended) {
        return switch (kindOf(ended).reaction()) {
            case RETRY -> HEARD;
            case WAIT ->
                ComputeCode.of(first(ended).getCode())
                        .map(ComputeCode::patience)
                        .orElse(GcpErrors.PATIENCE);
            case FAIL, COMPARE -> REMEMBERED;
        };
    }

    /** {@return whether asking again would end the same} */
    static boolean isFinal(Operation ended) {
        return kindOf(ended).reaction() == ErrorKind.Reaction.FAIL;
    }

    /** {@return how an operation ended, for a person} */
    static String words(Operation ended) {
        Errors first = first(ended);
        return "operation " + Printable.quote(ended.getName()) + " ended as " + Printable.quote(first.getCode()) + ", "
                + Printable.quote(first.getMessage()) + ".";
    }

    private static Errors first(Operation ended) {
        return ended.getError().getErrorsCount() == 0
                ? Errors.newBuilder().setMessage(ended.getHttpErrorMessage()).build()
                : ended.getError().getErrors(0);
    }

    /**
     * What an answer says, and no more of it.
     *
     * @param reason of its first error; may be empty
     * @param detail the finer reason of its details; may be empty
     * @param message for a person; may be empty
     */
    private record Told(String reason, String detail, String message) {
        static Told in(String body) {
            GoogleJsonError error = parse(body);
            return new Told(
                    Stream.ofNullable(error.getErrors())
                            .flatMap(List::stream)
                            .findFirst()
                            .map(ErrorInfo::getReason)
                            .orElse(""),
                    Stream.ofNullable(error.getDetails())
                            .flatMap(List::stream)
                            .findFirst()
                            .map(Details::getReason)
                            .orElse(""),
                    Objects.requireNonNullElse(error.getMessage(), ""));
        }

        /** Gateways answer anything. */
        private static GoogleJsonError parse(String body) {
            try {
                GoogleJsonErrorContainer whole =
                        GsonFactory.getDefaultInstance().fromString(body, GoogleJsonErrorContainer.class);
                return whole == null || whole.getError() == null ? new GoogleJsonError() : whole.getError();
            } catch (IOException | IllegalArgumentException e) {
                return new GoogleJsonError();
            }
        }

        String words() {
            return (reason.isEmpty() ? "without a reason" : Printable.quote(reason))
                    + (detail.isEmpty() ? "" : " (" + Printable.quote(detail) + ")")
                    + (message.isEmpty() ? "" : ", " + Printable.quote(message))
                    + ".";
        }
    }
}
